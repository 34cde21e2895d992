import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { loadConfig } from "./load.ts";

function folder(): string {
  const root = mkdtempSync(join(tmpdir(), "symbiotic-config-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  return root;
}

/** Loads a configuration with this text: settings, or errors that each say what is wrong and where. */
async function expectAnswer(root: string, name: string, bytes: string | Uint8Array): Promise<void> {
  const file = join(root, name);
  writeFileSync(file, bytes);
  try {
    const loaded = await loadConfig({ root, defaults: [] });
    if (loaded.ok) return;
    expect(loaded.error.length).toBeGreaterThan(0);
    const lines = Buffer.from(bytes).toString("utf8").split("\n").length;
    for (const { code, message, location } of loaded.error) {
      expect(code).toMatch(/^SYM1\d{3}$/);
      expect(message).not.toMatch(/\n {4}at |undefined|\[object/);
      expect(location?.line ?? 1).toBeLessThanOrEqual(lines);
    }
  } finally {
    rmSync(file);
  }
}

/** Every setting once, as it should be. */
const WHOLE = {
  extends: [],
  disable: ["ruff"],
  agents: { use: "codex", prices: { "gpt-*": { input: 1, output: 2, cacheRead: 0.1 } } },
  guard: {
    protect: ["secrets/**"],
    maxFiles: 9,
    commands: { deny: ["make"] },
    roles: { fixer: { write: ["src/**"] } },
  },
  base: "main",
  concurrency: 2,
  timeout: 10,
  targets: { all: ["build", { run: "test", tag: "web" }] },
  inputs: { sources: ["src/**"] },
  globalInputs: ["tsconfig.json"],
  atoms: {
    build: {
      ...{ command: "make", inputs: ["@sources", "!x"], outputs: ["dist"], scratch: ["tmp"], env: { A: "1" } },
      ...{ variables: ["CI"], dependsOn: ["^build"], resources: { cpu: 1, mutex: ["m"] }, retries: 1, only: ["web*"] },
      projects: { "web*": { timeout: 3 }, api: false },
    },
  },
  gates: { good: { required: false, threshold: 1 } },
  projects: { exclude: ["x"] },
  environment: { pass: ["A"] },
  cache: { dir: "c", maxBytes: 1, maxAgeDays: 1 },
};

const NAMES = [...new Set(JSON.stringify(WHOLE).match(/(?<=")\w+(?=":)/g))];
/** Settings by their own names, and by others, with values of any kind. */
const settings = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(
      null,
      true,
      0,
      -1,
      1e308,
      "",
      "*",
      "**",
      "!",
      "[",
      "{a,",
      "@sources",
      "^",
      "../x",
      "/",
      "\0",
      "a:b",
    ),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...NAMES, "__proto__", "constructor", "build"), fc.string()), tie("value"), {
      maxKeys: 4,
    }),
  ),
})).value;

const RUNS = { numRuns: 150 };

test("any JSON is a configuration or an error that says what is wrong", { timeout: 60_000 }, async () => {
  const root = folder();
  await fc.assert(
    fc.asyncProperty(settings, (value) => expectAnswer(root, "symbiotic.config.json", JSON.stringify(value))),
    RUNS,
  );
});

test("a whole configuration of which one part is something else is one, or an error", { timeout: 60_000 }, async () => {
  const root = folder();
  const paths = pathsIn(WHOLE);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), settings, (path, value) =>
      expectAnswer(root, "symbiotic.config.json", JSON.stringify(replaced(WHOLE, path, value))),
    ),
    RUNS,
  );
});

test.each(["json", "yaml"])(
  "damaged and random text as %s is a configuration or an error",
  { timeout: 60_000 },
  async (kind) => {
    const root = folder();
    const whole = Buffer.from(JSON.stringify(WHOLE, undefined, 1));
    const change = fc.tuple(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 4 }));
    const damaged = fc.tuple(fc.array(change, { maxLength: 4 }), fc.nat(whole.length)).map(([changes, end]) => {
      const bytes = Buffer.from(whole);
      for (const [at, other] of changes) bytes.set(other.slice(0, bytes.length - at), at);
      return bytes.subarray(0, end);
    });
    const yaml = fc.string({
      unit: fc.constantFrom("a", ":", " ", "-", "\n", "&", "*", "!", "|", ">", "{", "[", "'", "%", "?", "<", "\t"),
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          damaged,
          fc.uint8Array({ maxLength: 60 }),
          yaml.map((text) => Buffer.from(text)),
        ),
        (bytes) => expectAnswer(root, `symbiotic.config.${kind}`, bytes),
      ),
      RUNS,
    );
  },
);

test("lists in lists, ten thousand deep, are an error and no crash", { timeout: 60_000 }, async () => {
  const root = folder();
  const deep = 10_000;
  for (const kind of ["json", "yaml"])
    await expectAnswer(root, `symbiotic.config.${kind}`, `{"targets":${"[".repeat(deep)}${"]".repeat(deep)}}`);
});

test("names in YAML that stand for each other many times over are an error and no hang", {
  timeout: 60_000,
}, async () => {
  const root = folder();
  const rows = Array.from(
    { length: 20 },
    (_, at) =>
      `a${String(at)}: &a${String(at)} [${at === 0 ? "x" : Array.from({ length: 9 }, () => `*a${String(at - 1)}`).join(", ")}]`,
  );
  await expectAnswer(root, "symbiotic.config.yaml", `${rows.join("\n")}\ndisable: *a19\n`);
});

type Path = readonly (string | number)[];

function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [at];
  const keys: readonly (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [at, ...keys.flatMap((key) => pathsIn((value as Record<string | number, unknown>)[key], [...at, key]))];
}

function replaced(value: unknown, path: Path, by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}
