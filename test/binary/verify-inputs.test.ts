import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { outcomes } from "../support/record.ts";
import { createRepository } from "../support/repository.ts";
import { missedBy, OWN, reading, repositoryOf, running, told, verify, WAYS } from "../support/verifying.ts";

test("each task that reads or writes what it does not declare is told with the paths, and the exit code is 1", async () => {
  using repository = repositoryOf({
    declared: reading("src/a.txt"),
    shared: reading("src/a.txt", "../shared/rates.json"),
    sibling: reading("../core/src/core.txt"),
    secret: reading("../token.local"),
    variable: running("if (!process.env.API_URL) throw new Error('API_URL is not set')"),
    writes: running("require('node:fs').writeFileSync('src/generated.txt', '1')"),
    fails: running("console.error('no luck'); process.exit(3)"),
    publish: { command: "node -e 0", effect: true, only: ["web"] },
  });
  repository.write({ "token.local": "1\n" });
  const names = ["declared", "shared", "sibling", "secret", "variable", "writes", "fails", "publish"];
  const { exitCode, stdout } = await symbiotic(repository, ["verify-inputs", ...names, "--copied"], {
    env: { API_URL: "1" },
  });
  expect(exitCode).toBe(1);
  expect(stdout.trimEnd()).toMatchInlineSnapshot(`
    "web:declared  same          gives the same with only its declared inputs (copied)
    web:fails     not verified  it fails in a copy of the whole repository, too: exit code 3: no luck
    web:publish   skipped       a task of kind effect is never run to be verified
    web:secret    missed        gives something else with only its declared inputs (copied)
        token.local is read and not declared, and git ignores it
    web:shared    missed        gives something else with only its declared inputs (copied)
        shared/rates.json is read and not declared
    web:sibling   missed        gives something else with only its declared inputs (copied)
        core/src/core.txt is read and not declared
    web:variable  missed        gives something else with only its declared inputs (copied)
        the variable API_URL is read and not declared, so it is withheld
    web:writes    wrote         reads only what it declares, and writes elsewhere (copied)
        web/src/generated.txt is created and is neither an output nor scratch

    declare what is named here among the atom's inputs or variables, outputs or scratch, or let the task do without it
    8 tasks: 1 same, 4 missed, 1 wrote, 1 not verified, 1 skipped"
  `);
});

test.for(WAYS)("a task that has all it needs passes with exit code 0 (%s)", async (way) => {
  using repository = repositoryOf({ declared: reading("src/a.txt") });
  const { exitCode, stdout } = await verify(repository, way, "declared");
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`web:declared  same  gives the same with only its declared inputs (${way})`);
});

test.for(WAYS)(
  "a file is found whether its text, its place in a list or only its being there counts (%s)",
  async (way) => {
    using repository = repositoryOf({
      text: reading("../shared/rates.json"),
      swallowed: running("try { console.log(require('../shared/rates.json')) } catch { console.log('none') }"),
      there: running("console.log(require('node:fs').existsSync('../shared/rates.json'))"),
      list: running("console.log(require('node:fs').readdirSync('../core/src').length)"),
    });
    expect(await missedBy(repository, way, "text", "swallowed", "there", "list")).toEqual({
      "web:text": ["shared/rates.json"],
      "web:swallowed": ["shared/rates.json"],
      "web:there": ["shared/rates.json"],
      "web:list": ["core/src/core.txt"],
    });
  },
);

test.for(WAYS)("of a Python project the file that its tests read beside it is named (%s)", async (way) => {
  using repository = createRepository({
    ".gitignore": "__pycache__/\n.pytest_cache/\n.ruff_cache/\n.coverage\n",
    "limits.txt": "4",
    "api/pyproject.toml":
      '[project]\nname = "api"\nversion = "1.0"\n\n[tool.ruff]\nline-length = 100\n\n[tool.pytest.ini_options]\npythonpath = ["src"]\n',
    "api/src/api/__init__.py": "def double(number: int) -> int:\n    return number * 2\n",
    "api/tests/test_api.py":
      'from pathlib import Path\n\nfrom api import double\n\n\ndef test_double():\n    limit = Path(__file__).parents[2] / "limits.txt"\n    assert double(2) == int(limit.read_text())\n',
  });
  expect(await missedBy(repository, way, "pytest", "ruff")).toEqual({
    "api:run_pytest_unit_with_coverage": ["limits.txt"],
    "api:run_ruff_lint": [],
  });
});

test.for(WAYS)("what another task makes is told with that task, unless it is waited for (%s)", async (way) => {
  const make = running("const f = require('node:fs'); f.mkdirSync('dist'); f.writeFileSync('dist/o.txt', '1')");
  using repository = repositoryOf({
    make: { ...make, outputs: ["dist"], only: ["core"] },
    waits: { ...reading("../core/dist/o.txt"), dependsOn: ["core:make"] },
    hopes: reading("../core/dist/o.txt"),
  });
  await symbiotic(repository, ["run", "make"]);
  const tasks = await told(repository, way, "waits", "hopes");
  expect(tasks.map(({ task, verdict, missed }) => [task, verdict, missed.map((each) => each.producer)])).toEqual([
    ["web:hopes", "missed", ["core:make"]],
    ["web:waits", "same", []],
  ]);
});

test.for(WAYS)("a task whose result is kept is compared with that, so that one run is enough (%s)", async (way) => {
  using repository = repositoryOf({ declared: reading("src/a.txt"), shared: reading("../shared/rates.json") });
  await symbiotic(repository, ["run", "declared", "shared"]);
  const tasks = await told(repository, way, "declared", "shared");
  expect(tasks.map(({ task, verdict, runs }) => [task, verdict, runs === 1])).toEqual([
    ["web:declared", "same", true],
    ["web:shared", "missed", false],
  ]);
});

test.for(WAYS)("nothing of it changes the user's tree, what is installed there, or the cache (%s)", async (way) => {
  const script =
    "const f = require('node:fs'); for (const p of ['src/new.txt', 'dist/o.txt', 'node_modules/tool/new', 'node_modules/.cache/state']) try { f.mkdirSync(require('node:path').dirname(p), { recursive: true }); f.writeFileSync(p, 'changed') } catch {}";
  using repository = repositoryOf({
    writes: running(`${script}; require('node:fs').rmSync('src/a.txt')`, { outputs: ["dist"] }),
  });
  repository.write({ "web/node_modules/tool/package.json": "{}", "web/node_modules/.cache/state": "kept" });
  const before = contentsOf(repository.root);
  const [task] = await told(repository, way, "writes");
  expect(task?.writes).toEqual([
    expect.objectContaining({ path: "web/src/a.txt", change: "removed" }),
    expect.objectContaining({ path: "web/src/new.txt", change: "created" }),
  ]);
  expect(contentsOf(repository.root)).toEqual(before);
  await symbiotic(repository, ["run", "writes"]);
  expect(outcomes(repository)).toEqual({ "web:writes": "ok miss" });
});

test.for(WAYS)("a program among the packages that are installed is found, and what it imports (%s)", async (way) => {
  using repository = repositoryOf({ bundle: { ...OWN, command: "node node_modules/tool/cli.cjs" } });
  repository.write({
    "web/node_modules/tool/package.json": '{ "name": "tool" }',
    "web/node_modules/tool/cli.cjs": "console.log(require('dependency'), require('core/src/core.json'))\n",
    "web/node_modules/dependency/index.js": "module.exports = 1\n",
    "core/src/core.json": "1\n",
  });
  symlinkSync(join(repository.root, "core"), join(repository.root, "web/node_modules/core"), "junction");
  repository.commit();
  expect(await missedBy(repository, way, "bundle")).toEqual({ "web:bundle": ["core/src/core.json"] });
});

/** All files but git's and the engine's own, with their texts. */
function contentsOf(root: string): Readonly<Record<string, string>> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name).slice(root.length + 1))
    .filter((path) => !/^\.(?:git|symbiotic)[\\/]/.test(path));
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(root, path), "utf8")]));
}
