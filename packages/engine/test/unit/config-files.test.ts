import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { loadConfig, type LoadedConfig } from "../../src/config/load.ts";
import type { Diagnostic } from "../../src/core/diagnostic.ts";
import type { Result } from "../../src/core/result.ts";

const NO_PLUGIN = { defaults: [] };

test("presets come before the file that extends them, each once, and a preset's presets before it", async () => {
  const loaded = await load({
    "symbiotic.config.json": json({ extends: ["./a.json", "./b/b.json"], base: "own" }),
    "a.json": json({ extends: "./b/shared.yaml", base: "a", inputs: { x: ["a"] } }),
    "b/b.json": json({ extends: ["./shared.yaml"], disable: ["b"], inputs: { x: ["b"] } }),
    "b/shared.yaml": "disable: [shared]\ntimeout: 7\n",
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  expect(loaded.value.layers.map(({ file }) => file.split(/[\\/]/).at(-1))).toEqual([
    "shared.yaml",
    "a.json",
    "b.json",
    "symbiotic.config.json",
  ]);
  expect(loaded.value.settings).toMatchObject({
    base: "own",
    timeout: 7,
    disable: ["shared", "b"],
    inputs: { x: ["b"] },
  });
});

test("a preset may be a package", async () => {
  const loaded = await load({
    "symbiotic.config.json": json({ extends: "@acme/preset" }),
    "node_modules/@acme/preset/package.json": json({ name: "@acme/preset", version: "1.0.0", exports: "./preset.mjs" }),
    "node_modules/@acme/preset/preset.mjs": "export default { timeout: 3 };\n",
  });
  expect(loaded).toMatchObject({ ok: true, value: { settings: { timeout: 3 } } });
});

test("every file is checked, and each error stands in the file that has it", async () => {
  const loaded = await load({
    "symbiotic.config.json": '{\n  "extends": "./a.json",\n  "atoms": { "b": { "timeout": 1 } }\n}\n',
    "a.json": '{\n  "atoms": {\n    "a": { "command": "x", "inputs": ["@no"] }\n  }\n}\n',
  });
  expect(places(loaded)).toEqual(["SYM1206 a.json:3:39", "SYM1201 symbiotic.config.json:3:14"]);
  const misspelt = await load({
    "symbiotic.config.json": '{\n  "extends": "./a.json",\n  "timeuot": 1\n}\n',
    "a.json": '{\n  "atoms": { "a": { "comand": "x" } }\n}\n',
  });
  expect(places(misspelt)).toEqual(["SYM1202 a.json:2:21", "SYM1202 symbiotic.config.json:3:3"]);
});

test("presets that are not there, that make a cycle, and that cannot be read are told of at once", async () => {
  const loaded = await load({
    "symbiotic.config.json": '{\n  "extends": ["./no.json", "@acme/no", "./a.json", "./bad.json"]\n}\n',
    "a.json": '{ "extends": "./b.json" }\n',
    "b.json": '{ "extends": ["./a.json"] }\n',
    "bad.json": "{\n  nonsense\n}\n",
  });
  expect(places(loaded)).toEqual([
    "SYM1208 symbiotic.config.json:2:15",
    "SYM1208 symbiotic.config.json:2:28",
    "SYM1209 b.json:1:15",
    expect.stringMatching(/^SYM1101 bad\.json/),
  ]);
});

test("a folder is no preset, and a name that no file can have is none", async () => {
  const loaded = await load({ "symbiotic.config.json": '{ "extends": ["/", "./", "./a\\u0000"] }\n' });
  expect(places(loaded)).toEqual([15, 20, 26].map((column) => `SYM1208 symbiotic.config.json:1:${String(column)}`));
});

test("of a wrong value with several forms the form that was meant is explained", async () => {
  const loaded = await load({
    "symbiotic.config.json": json({
      targets: { ci: [{ run: "a", tga: "x" }] },
      atoms: {
        a: { command: 5 },
        b: true,
        c: { command: [] },
        "d-e": { command: "x" },
        f: { command: "x", projects: { web: { retries: -1 } } },
      },
    }),
  });
  expect(messages(loaded)).toEqual([
    "SYM1201 targets.ci[0].tag is missing: expected string",
    "SYM1202 targets.ci[0].tga is not a setting",
    "SYM1201 atoms.a.command is `5`: expected string or array",
    "SYM1201 atoms.b is `true`: expected false or object",
    "SYM1201 atoms.c.command is `[]`: must name a program",
    "SYM1201 atoms.d-e cannot be: an atom id is snake_case: letters, digits and `_`",
    "SYM1201 atoms.f.projects.web.retries is `-1`: Too small: expected number to be >=0",
  ]);
});

test("any configuration is understood, or every error says where: nothing is thrown", async () => {
  const folder = emptyFolder();
  await fc.assert(
    fc.asyncProperty(configurations(), async (value) => {
      writeFileSync(join(folder, "symbiotic.config.json"), JSON.stringify(value, undefined, 2));
      const loaded = await loadConfig({ root: folder, ...NO_PLUGIN });
      if (loaded.ok) return;
      expect(loaded.error.length).toBeGreaterThan(0);
      for (const { code, message, location } of loaded.error) {
        expect(code).toMatch(/^SYM1\d{3}$/);
        expect(message).not.toContain("undefined");
        expect(location?.file).toBe("symbiotic.config.json");
      }
    }),
    { numRuns: 150 },
  );
});

/** Values that are nearly configurations: right names with any value, and wrong names. */
function configurations(): fc.Arbitrary<unknown> {
  const text = fc.constantFrom(
    "",
    "a",
    "@s",
    "^@s",
    "!@s",
    "src/**",
    "__proto__",
    "a:b",
    "vite dev",
    "../x",
    "tag:node",
  );
  const any = fc.oneof(
    { depthSize: "small" },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const list = fc.oneof(fc.array(text, { maxLength: 3 }), any);
  const member = fc.constantFrom(
    ...[
      "command",
      "inputs",
      "outputs",
      "env",
      "dependsOn",
      "resources",
      "timeout",
      "projects",
      "effect",
      "persistent",
      "onyl",
    ],
  );
  const atom = fc.oneof(any, fc.dictionary(member, fc.oneof(text, list, fc.dictionary(text, list)), { maxKeys: 4 }));
  const atoms = fc.oneof(
    any,
    fc.dictionary(fc.constantFrom("build", "a-b", "__proto__", "test"), atom, { maxKeys: 3 }),
  );
  return fc.oneof(
    { weight: 1, arbitrary: any },
    {
      weight: 5,
      arbitrary: fc.record(
        {
          atoms,
          inputs: fc.oneof(any, fc.dictionary(fc.constantFrom("s", "a", "toString"), list)),
          globalInputs: list,
          targets: fc.dictionary(text, fc.array(fc.oneof(text, fc.record({ run: any, tag: text })), { maxLength: 2 })),
          extends: fc.oneof(fc.constant("./symbiotic.config.json"), list),
          plugins: list,
          bsae: any,
        },
        { requiredKeys: [] },
      ),
    },
  );
}

function load(files: Readonly<Record<string, string>>): Promise<Result<LoadedConfig, readonly Diagnostic[]>> {
  const root = emptyFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return loadConfig({ root, ...NO_PLUGIN });
}

function emptyFolder(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-config-")));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  return root;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function places(loaded: Awaited<ReturnType<typeof load>>): string[] {
  return loaded.ok
    ? []
    : loaded.error.map(
        ({ code, location: { file = "", line = 0, column = 0 } = {} }) =>
          `${code} ${file}:${String(line)}:${String(column)}`,
      );
}

function messages(loaded: Awaited<ReturnType<typeof load>>): string[] {
  return loaded.ok ? [] : loaded.error.map(({ code, message }) => `${code} ${message}`);
}
