import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRecallRepository, takeSteps, tell } from "../../support/recall-rig.ts";
import type { TestRepository } from "../../support/repository.ts";

const at = ({ root }: TestRepository, path: string): string => join(root, path);

function replace(path: string, from: string, to: string): (repository: TestRepository) => void {
  return (repository) => {
    const text = repository.read(path);
    expect(text).toContain(from);
    repository.write({ [path]: text.replace(from, to) });
  };
}

test("the configuration, the plugins and all that they import count", async () => {
  using repository = createRecallRepository({ "preset.json": '{ "timeout": 100 }\n' });
  await takeSteps(repository, [
    {
      name: "an option",
      change: replace("symbiotic.config.ts", "local({})", 'local({ more: "x" })'),
      isRecalled: false,
    },
    { name: "a plugin", change: replace("plugin.ts", '" bad, mode "', '" found, mode "'), isRecalled: false },
    { name: "a module that it imports", change: replace("helper.ts", '"helper"', '"other"'), isRecalled: false },
    { name: "a comment in it", change: replace("helper.ts", "export", "// why\nexport"), isRecalled: false },
    {
      name: "a preset",
      change: replace("symbiotic.config.ts", "defineConfig({", 'defineConfig({ extends: "./preset.json",'),
      isRecalled: false,
    },
    {
      name: "what it says",
      change: (r) => r.write({ "preset.json": '{ "timeout": 200, "gates": { "good": { "required": false } } }\n' }),
      isRecalled: false,
    },
    {
      name: "another configuration that comes later",
      change: (r) => r.write({ "symbiotic.config.json": "{}\n" }),
      isRecalled: false,
    },
    { name: "it is gone", change: (r) => r.remove("symbiotic.config.json"), isRecalled: false },
    {
      name: "a broken configuration",
      change: replace("symbiotic.config.ts", "export default", "export default default"),
      undo: replace("symbiotic.config.ts", "export default default", "export default"),
      isRecalled: false,
    },
    {
      name: "no configuration",
      change: (r) => renameSync(at(r, "symbiotic.config.ts"), at(r, "x.local")),
      undo: (r) => renameSync(at(r, "x.local"), at(r, "symbiotic.config.ts")),
      isRecalled: false,
    },
  ]);
});

/** A package that a configuration names, installed as pnpm does: a link to a place with the version in its name. */
function install(repository: TestRepository, version: string, summary: string): void {
  const place = at(repository, `node_modules/.store/noted@${version}/node_modules/noted`);
  mkdirSync(place, { recursive: true });
  writeFileSync(
    join(place, "package.json"),
    JSON.stringify({ name: "noted", version, type: "module", exports: "./index.js" }),
  );
  writeFileSync(join(place, "index.js"), `export const note = ${JSON.stringify(summary)};\n`);
  rmSync(at(repository, "node_modules/noted"), { recursive: true, force: true });
  symlinkSync(place, at(repository, "node_modules/noted"), "junction");
}

test("a package that is installed anew, in place, beside or nearer, is loaded anew", async () => {
  using repository = createRecallRepository();
  install(repository, "1.0.0", "one");
  replace(
    "helper.ts",
    'export const word = "helper"',
    'import { note } from "noted";\nexport const word = note',
  )(repository);
  await takeSteps(repository, [
    { name: "another version beside the old one", change: (r) => install(r, "2.0.0", "two"), isRecalled: false },
    { name: "other code in the same version", change: (r) => install(r, "2.0.0", "three"), isRecalled: false },
    { name: "back to the first, which is still there", change: (r) => install(r, "1.0.0", "one"), isRecalled: false },
    { name: "the same again", change: (r) => install(r, "1.0.0", "one"), isRecalled: true },
  ]);
});

test("a module that is found nearer than before is the one that counts", async () => {
  using repository = createRecallRepository({
    "tools/word.ts": 'import { note } from "noted";\nexport const word = note;\n',
  });
  replace("plugin.ts", "./helper.ts", "./tools/word.ts")(repository);
  install(repository, "1.0.0", "one");
  await takeSteps(repository, [
    {
      name: "a package nearer to who imports it",
      change: (r) => {
        mkdirSync(at(r, "tools/node_modules/noted"), { recursive: true });
        r.write({
          "tools/node_modules/noted/package.json": '{ "name": "noted", "type": "module", "exports": "./index.js" }',
          "tools/node_modules/noted/index.js": 'export const note = "near";\n',
        });
      },
      isRecalled: false,
    },
  ]);
});

test("variables that tasks declare and that the configuration looks at count, others do not", async () => {
  using repository = createRecallRepository();
  replace("symbiotic.config.ts", "local({})", 'local({ more: process.env.LEVEL ?? "" })')(repository);
  replace(
    "helper.ts",
    'export const word = "helper"',
    'import { env } from "node:process";\nexport const word = env.WORD ?? "helper"',
  )(repository);
  const run = async (env: Readonly<Record<string, string>>): Promise<string> => {
    const first = await tell(repository, { env });
    const again = await tell(repository, { env });
    expect(again.isRecalled, JSON.stringify(env)).toBe(true);
    expect(again.exitCode).toBe(first.exitCode);
    return first.isRecalled === true ? "recalled" : "looked up";
  };
  expect(await run({})).toBe("looked up");
  expect(await run({ OTHER: "1" })).toBe("recalled");
  expect(await run({ MODE: "1" })).toBe("looked up");
  expect(await run({ MODE: "2" })).toBe("looked up");
  expect(await run({ X_ANY: "2" })).toBe("looked up");
  expect(await run({ LEVEL: "2" })).toBe("looked up");
  expect(await run({ WORD: "2" })).toBe("looked up");
  expect(await run({ NODE_OPTIONS: "--no-warnings" })).toBe("looked up");
  // What is hidden from what is shown depends on the values of secrets.
  expect(await run({ API_TOKEN: "hunter22hunter22" })).toBe("looked up");
  expect(await run({ SYMBIOTIC_CONCURRENCY: "2" })).toBe("looked up");
});

test("a configuration that reads files by itself leaves no snapshot, as nobody knows what it read", async () => {
  using repository = createRecallRepository();
  replace(
    "helper.ts",
    "export",
    'import { readFileSync } from "node:fs";\nreadFileSync("README.md");\nexport',
  )(repository);
  await tell(repository);
  expect((await tell(repository)).isRecalled).toBe(false);
});

test("the summary of many findings is told whole, from evidence that lies in a file of its own", async () => {
  using repository = createRecallRepository();
  const options = { env: { X_COUNT: "100" } };
  await takeSteps(repository, [
    { name: "nothing", change: () => undefined, isRecalled: true, options },
    { name: "an input", change: (r) => r.write({ "app/src/main.txt": "bad main\n" }), isRecalled: false, options },
  ]);
});
