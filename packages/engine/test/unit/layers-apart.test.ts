import { mkdirSync, mkdtempSync, rmSync, writeFileSync, existsSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findLayersApart } from "../../src/config/layers-apart.ts";

const HANG = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);";

/** What is found in a folder with these files: the layers, or code and message of what is wrong. */
async function found(files: Readonly<Record<string, string>>, limitMs = 30_000): Promise<unknown> {
  const root = folder(files);
  const layers = await findLayersApart({ root }, { environment: { ...process.env, WANTED: "80" }, limitMs });
  if (!layers.ok) return layers.error.map(({ code, message }) => `${code} ${message.replaceAll(root, "<root>")}`);
  return layers.value.map(({ file, value, apart }) => ({ file: file.slice(root.length + 1), value, apart }));
}

function folder(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-test-")));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

test("what a configuration exports comes back, with what it extends, and what it prints does not", async () => {
  const files = {
    "symbiotic.config.mjs": `
      console.log("{}"); console.error("noise"); process.send?.({ kind: "layers", layers: [] });
      export default { extends: "./preset.mjs", base: undefined, gates: { coverage: { threshold: Number(process.env.WANTED) } } };`,
    "preset.mjs": 'export default { disable: ["ruff"] };',
  };
  expect(await found(files)).toEqual([
    { file: "preset.mjs", value: { disable: ["ruff"] }, apart: [] },
    {
      file: "symbiotic.config.mjs",
      value: { extends: "./preset.mjs", gates: { coverage: { threshold: 80 } } },
      apart: [],
    },
  ]);
});

test("without a file there is nothing, and data is read without a process", async () => {
  expect(await found({})).toEqual([]);
  expect(await found({ "symbiotic.config.json": '{ "disable": [] }' }, 1)).toMatchObject([{ value: { disable: [] } }]);
});

test("a preset of a file that is data is evaluated apart, too", async () => {
  const files = { "symbiotic.config.json": '{ "extends": "./preset.mjs" }', "preset.mjs": "process.exit(0);" };
  expect(await found(files)).toEqual([expect.stringContaining("SYM1103")]);
});

test.each([
  ["throws", 'throw new Error("not today");', "SYM1101 the configuration cannot be loaded: not today"],
  [
    "exits",
    "process.exit(0);",
    "SYM1103 the configuration cannot be evaluated in a process of its own: its process ended before it was done",
  ],
  [
    "is killed",
    'process.kill(process.pid, "SIGKILL"); for (;;);',
    "SYM1103 the configuration cannot be evaluated in a process of its own: its process ended before it was done",
  ],
  [
    "fails later",
    'setTimeout(() => { throw new Error("too late"); }); await new Promise(() => {});',
    "SYM1103 the configuration cannot be evaluated in a process of its own: its process ended before it was done: Error: too late",
  ],
  [
    "is no data",
    "export default { gates: { coverage: { threshold: () => 1 } } };",
    "SYM1103 what symbiotic.config.mjs exports cannot be handed on: it is not JSON: no functions, promises, dates or instances of classes",
  ],
])("a configuration that %s is an error that says so", async (_what, text, told) => {
  expect(await found({ "symbiotic.config.mjs": text })).toEqual([told]);
});

test("one that is silent is ended, and all that it would have done is not done", async () => {
  const text = `${HANG}\nimport("node:fs").then(({ writeFileSync }) => writeFileSync(new URL("ran", import.meta.url), ""));`;
  const root = folder({ "symbiotic.config.mjs": text });
  const layers = await findLayersApart({ root }, { environment: process.env, limitMs: 3000 });
  expect(layers).toMatchObject({
    ok: false,
    error: [{ code: "SYM1103", message: expect.stringContaining("it was not done within 3 s and was ended") }],
  });
  expect(existsSync(join(root, "ran"))).toBe(false);
});

test("what of its plugins is installed, named, written in it, or none is told apart", async () => {
  const define = (name: string): string =>
    `({ spec: { api: 1, name: "${name}", from: import.meta.url, options: {} }, options })`;
  const files = {
    "symbiotic.config.mjs": `
      import { plugin } from "acme";
      const own = { api: 1, name: "own", from: import.meta.url, options: {} };
      export default { plugins: [plugin({ a: 1 }), { use: "x", options: 1 }, { spec: own, options: undefined }, "none", { ...plugin(), spec: { ...plugin().spec } }, plugin({ b: /x/ })] };`,
    "node_modules/acme/package.json":
      '{ "name": "acme", "version": "1.0.0", "exports": "./index.js", "type": "module" }',
    "node_modules/acme/index.js": `const spec = ${define("acme")}.spec; export const plugin = (options) => ({ spec, options }); var options;`,
  };
  expect(await found(files)).toMatchObject([
    {
      apart: [
        { kind: "installed", url: expect.stringMatching(/node_modules\/acme\/index\.js$/), options: { a: 1 } },
        { kind: "named", entry: { use: "x", options: 1 } },
        { kind: "listed", name: "own" },
        { kind: "no-plugin" },
        { kind: "listed", name: "acme" },
        { kind: "not-json", name: "acme" },
      ],
    },
  ]);
});
