import { chmodSync, cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic, type Ran } from "../support/binary.ts";
import { ROOT } from "../support/places.ts";
import { outcomes } from "../support/record.ts";
import { createRepository, linkPackages, type Files, type TestRepository } from "../support/repository.ts";

/** The example, without what a run of it left. */
function example(): TestRepository {
  const repository = createRepository({});
  const from = join(ROOT, "examples/node-monorepo");
  cpSync(from, repository.root, {
    recursive: true,
    filter: (path) => !/[\\/](?:node_modules|dist|\.symbiotic)$/.test(path),
  });
  linkPackages(repository.root);
  repository.commit();
  return repository;
}

function run(repository: TestRepository, ...args: readonly string[]): Promise<Ran> {
  return symbiotic(repository, ["run", ...args]);
}

test("build lint test over three packages: builds go upstream first, and the second time all of it is a hit", async () => {
  using repository = example();
  const first = await run(repository, "build", "lint", "test");
  expect(first.stdout).toContain("9 tasks: 9 run");
  expect(first.exitCode).toBe(0);
  expect(repository.read("packages/cli/dist/index.js")).toMatch(/^\/\/ cli\n/);
  repository.remove("packages/cli/dist", "packages/core/dist/index.js");
  const second = await run(repository, "build", "lint", "test");
  expect(second.stdout).toContain("9 tasks, 9 cached");
  expect(repository.read("packages/cli/dist/index.js")).toMatch(/^\/\/ cli\n/);
  expect(repository.read("packages/core/dist/index.js")).toMatch(/^\/\/ core\n/);
});

test("a change of one package builds it and what is behind it, and lints it alone", async () => {
  using repository = example();
  await run(repository, "build", "lint", "test");
  const source = repository.read("packages/api/src/index.js");
  repository.write({ "packages/api/src/index.js": `${source}// more\n` });
  await run(repository, "build", "lint", "test");
  expect(misses(repository)).toEqual([
    "api:run_build_script",
    "api:run_lint_script",
    "api:run_test_script",
    "cli:run_build_script",
    "cli:run_test_script",
  ]);
});

test("the Node of the scripts is the same to a first run, for which a thread digests it, and to a later one that forgot", async () => {
  using repository = example();
  await run(repository, "lint");
  repository.remove(".git/symbiotic/tools.memo");
  expect((await run(repository, "lint")).stdout).toContain("3 tasks, 3 cached");
});

test("what the configuration says of one script runs no other again", async () => {
  using repository = example();
  await run(repository, "build", "lint");
  const config = repository.read("symbiotic.config.ts");
  repository.write({ "symbiotic.config.ts": config.replace("lint: {", 'lint: { env: { STRICT: "1" },') });
  await run(repository, "build", "lint");
  expect(misses(repository)).toEqual(["api:run_lint_script", "cli:run_lint_script", "core:run_lint_script"]);
});

test("without a configuration checks are cached, and a build is not, as nothing says what it makes", async () => {
  using repository = workspace({ build: "node make.cjs", lint: "node -p 1" }, { "make.cjs": "" });
  await run(repository, "build", "lint");
  const { stdout } = await run(repository, "build", "lint");
  expect(stdout).toContain("nothing says what it makes: name it in `outputs` of the script `build`");
  expect(misses(repository)).toEqual(["a:run_build_script"]);
});

test("a script runs as its package manager runs it: with programs of the package, npm's variables, what comes before and after", async () => {
  using repository = workspace(
    {
      "prebuild:all": "node -p '\"before\"'",
      "build:all": "tool $npm_package_name $npm_package_version $npm_lifecycle_event",
      "postbuild:all": "node -p '\"after\"'",
    },
    { ".gitignore": "" },
  );
  repository.write({ "node_modules/.bin/tool": '#!/bin/sh\necho "tool of the root: $@"\n' });
  chmodSync(join(repository.root, "node_modules/.bin/tool"), 0o755);
  const { stderr, exitCode } = await run(repository, "build:all", "--output-logs", "full");
  expect(stderr.match(/before|tool of the root: .*|after/g)).toEqual([
    "before",
    "tool of the root: a 1.2.3 build:all",
    "after",
  ]);
  expect(exitCode).toBe(0);
});

test("words behind -- go to the script, quoted", async () => {
  using repository = workspace({ test: "node -p 'JSON.stringify(process.argv.slice(1))' --" });
  const { stderr } = await run(repository, "a:run_test_script", "--output-logs", "full", "--", "-k", "it's", "$HOME *");
  expect(stderr).toContain(`["-k","it's","$HOME *"]`);
});

test("a script that fails fails the run, with its output", async () => {
  using repository = workspace({ test: "node -e 'console.log(\"broken thing\"); process.exit(3)'" });
  const { stdout, stderr, exitCode } = await run(repository, "test");
  expect(`${stdout}${stderr}`).toContain("broken thing");
  expect(exitCode).toBe(1);
});

test("a server is not started, and a script that starts this tool does not start itself", async () => {
  using repository = workspace({ dev: "node server.js", test: "symbiotic run test", lint: "node -p 1" });
  const dev = await run(repository, "dev");
  expect(dev.stdout).toContain("it runs until it is stopped: start it by hand");
  const test = await run(repository, "test", "lint");
  expect(test.stdout).toContain("1 task");
  expect(Object.keys(outcomes(repository))).toEqual(["a:run_lint_script"]);
});

test("a manifest that is no JSON is an error with its place", async () => {
  using repository = workspace({ test: "node -p 1" }, { "packages/b/package.json": '{\n  "name": "b",\n}\n' });
  const { stderr, exitCode } = await run(repository, "test");
  expect(stderr).toContain("SYM7201");
  expect(stderr).toContain("packages/b/package.json:3:1");
  expect(exitCode).toBe(2);
});

test("a folder that is a Python project and a package is one project, and run test runs the tests of both", async () => {
  using repository = createRepository({
    "package.json": JSON.stringify({ name: "both", scripts: { test: "node -p 1" } }),
    "pyproject.toml": '[project]\nname = "both"\nversion = "0"\n',
    "test_it.py": "def test_it():\n    assert True\n",
  });
  const projects = await symbiotic(repository, ["projects", "--json"]);
  expect(JSON.parse(projects.stdout)).toMatchObject([{ name: "both", tags: ["python", "node", "npm"] }]);
  await run(repository, "test");
  expect(Object.keys(outcomes(repository)).sort()).toEqual([
    "both:run_pytest_unit_with_coverage",
    "both:run_test_script",
  ]);
});

test("a change of the lockfile affects and runs again the packages for which it resolves something else", async () => {
  using repository = createRepository(locked());
  await run(repository, "lint");
  const lock = repository.read("package-lock.json");
  const [, checksum = ""] = /node_modules\/ms"[^}]*"integrity": "([^"]+)"/.exec(lock) ?? [];
  repository.write({ "package-lock.json": lock.replace(checksum, "sha512-changed") });
  const affected = await symbiotic(repository, ["affected", "lint", "--json"]);
  expect(affected.stdout.match(/\w+:run_lint_script/g)).toEqual(["b:run_lint_script"]);
  await run(repository, "lint");
  expect(misses(repository)).toEqual(["b:run_lint_script"]);
  repository.write({ "package-lock.json": lock.replace('"lockfileVersion": 3', '"lockfileVersion": 1') });
  await run(repository, "lint");
  expect(misses(repository)).toEqual(["a:run_lint_script", "b:run_lint_script", "c:run_lint_script"]);
});

/** Three packages as they were when the lock was recorded, each with a script. */
function locked(): Files {
  const scripts = { lint: "node -p 1" };
  const manifests = {
    "package.json": { workspaces: ["packages/*"], devDependencies: { "escape-string-regexp": "5.0.0" } },
    "packages/a/package.json": { name: "a", dependencies: { "is-odd": "^3.0.0" }, scripts },
    "packages/b/package.json": {
      name: "b",
      dependencies: { "is-even": "1.0.0" },
      devDependencies: { ms: "2.1.2" },
      scripts,
    },
    "packages/c/package.json": { name: "c", dependencies: { react: "18.2.0" }, scripts },
  };
  const lock = readFileSync(join(ROOT, "packages/plugin-node/test/fixtures/locks/npm-3.json"), "utf8");
  const texts = Object.entries(manifests).map(([path, manifest]) => [path, JSON.stringify(manifest)]);
  return { ...(Object.fromEntries(texts) as Files), "package-lock.json": lock };
}

/** One package, `a`, with these scripts, in a workspace. */
function workspace(scripts: Readonly<Record<string, string>>, more: Files = {}): TestRepository {
  return createRepository({
    "package.json": JSON.stringify({ name: "shop", private: true, workspaces: ["packages/*"] }),
    "packages/a/package.json": JSON.stringify({ name: "a", version: "1.2.3", scripts }),
    ...Object.fromEntries(
      Object.entries(more).map(([path, text]) => [path.includes("/") ? path : `packages/a/${path}`, text]),
    ),
  });
}

/** The tasks of the last run that were not served from the cache. */
function misses(repository: TestRepository): string[] {
  return Object.entries(outcomes(repository))
    .flatMap(([task, outcome]) => (outcome.endsWith("hit") ? [] : [task]))
    .sort();
}
