import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic, type Ran } from "../support/binary.ts";
import { createRepository, linkPackages, type Files, type TestRepository } from "../support/repository.ts";
import { indexOf, LOOK, seenIn } from "../support/staged-trees.ts";

const FILES: Files = {
  ".gitignore": "node_modules/\n",
  "a.txt": "a\n",
  "b.txt": "b\n",
  "sub/c.txt": "c\n",
  "symbiotic.config.ts": `export default { atoms: { look: { command: ${JSON.stringify(LOOK)}, targets: ["gates"] } } };\n`,
};

type Ended = Pick<Ran, "exitCode" | "stdout" | "stderr">;

/** A call of git that may fail. */
function git(repository: TestRepository, args: readonly string[], cwd = repository.root): Ended {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd, env: repository.env, encoding: "utf8" });
  return { exitCode: status, stdout, stderr };
}

async function hook(repository: TestRepository, ...args: readonly string[]): Promise<Ended> {
  const { exitCode, stdout, stderr } = await symbiotic(repository, ["hook", ...args]);
  return { exitCode, stdout, stderr };
}

async function installed(files: Files = FILES): Promise<TestRepository> {
  const repository = createRepository(files);
  await hook(repository, "install");
  return repository;
}

test("a bad commit is stopped and a good one goes through; unstaged edits stay", async () => {
  using repository = await installed();
  const before = repository.git("rev-parse", "HEAD");
  repository.write({ "a.txt": "BAD\n" });
  repository.git("add", "a.txt");
  const bad = git(repository, ["commit", "--message", "bad"]);
  expect([bad.exitCode, repository.git("rev-parse", "HEAD")]).toEqual([1, before]);
  expect(bad.stdout + bad.stderr).toContain("look  failed");
  repository.write({ "a.txt": "good\n" });
  repository.git("add", "a.txt");
  repository.write({ "b.txt": "BAD\n" });
  expect(git(repository, ["commit", "--message", "good"]).exitCode).toBe(0);
  expect(repository.git("diff", "--name-only")).toBe("b.txt");
  expect(repository.read("b.txt")).toBe("BAD\n");
});

test.each<[what: string, call: readonly [folder: string, ...args: string[]], exitCode: number, seen: Files]>([
  ["-a takes all edits", [".", "-a"], 1, { "a.txt": "one\n", "b.txt": "BAD\n" }],
  ["-a from a folder", ["sub", "-a"], 1, { "a.txt": "one\n", "b.txt": "BAD\n" }],
  ["one path alone, whatever is staged besides", [".", "a.txt"], 0, { "a.txt": "one\n", "b.txt": "b\n" }],
  ["the bad path alone", [".", "b.txt"], 1, { "a.txt": "a\n", "b.txt": "BAD\n" }],
  ["a path from a folder", ["sub", "../a.txt"], 0, { "a.txt": "one\n", "b.txt": "b\n" }],
  [
    "--include adds a path to what is staged",
    [".", "--include", "b.txt"],
    1,
    { "b.txt": "BAD\n", "sub/c.txt": "two\n" },
  ],
  ["what is staged, from a folder", ["sub"], 0, { "a.txt": "a\n", "sub/c.txt": "two\n" }],
  ["--amend", [".", "--amend"], 0, { "a.txt": "a\n", "sub/c.txt": "two\n" }],
])("git commit %s", async (_what, [folder, ...args], exitCode, seen) => {
  using repository = await installed();
  repository.write({ "sub/c.txt": "two\n" });
  repository.git("add", "sub");
  repository.write({ "a.txt": "one\n", "b.txt": "BAD\n" });
  const done = git(repository, ["commit", "--message", "next", ...args], join(repository.root, folder));
  expect([done.exitCode, done.stderr.includes("SYM")]).toEqual([exitCode, false]);
  for (const [path, text] of Object.entries(seen))
    expect([path, seenIn(repository)[path]]).toEqual([path, `100644 ${text}`]);
  expect([repository.read("a.txt"), repository.read("b.txt")]).toEqual(["one\n", "BAD\n"]);
  if (exitCode === 0) {
    repository.git("read-tree", "HEAD");
    expect(seenIn(repository)).toEqual(indexOf(repository));
  }
});

test("in a linked work tree the hook judges that work tree", async () => {
  using repository = await installed();
  const linked = join(dirname(repository.root), "linked");
  repository.git("worktree", "add", "--quiet", "-b", "side", linked);
  repository.write({ "a.txt": "BAD\n" });
  repository.git("add", "a.txt");
  writeFileSync(join(linked, "a.txt"), "good\n");
  expect(git(repository, ["commit", "--all", "--message", "good"], linked).exitCode).toBe(0);
  writeFileSync(join(linked, "b.txt"), "BAD\n");
  expect(git(repository, ["commit", "--all", "--message", "bad"], linked).exitCode).toBe(1);
});

test("a merge with conflicts cannot be committed, and once it is solved the hook judges the result", async () => {
  using repository = await installed();
  repository.git("switch", "--quiet", "--create", "theirs");
  repository.write({ "a.txt": "theirs\n" });
  repository.git("commit", "--quiet", "--all", "--no-verify", "--message", "theirs");
  repository.git("switch", "--quiet", "main");
  repository.write({ "a.txt": "ours\n" });
  repository.git("commit", "--quiet", "--all", "--no-verify", "--message", "ours");
  expect(git(repository, ["merge", "theirs"]).exitCode).toBe(1);
  expect(git(repository, ["commit", "--message", "merge"]).exitCode).not.toBe(0);
  repository.write({ "a.txt": "BAD\n" });
  repository.git("add", "a.txt");
  expect(git(repository, ["commit", "--message", "merge"]).exitCode).toBe(1);
  repository.write({ "a.txt": "both\n" });
  repository.git("add", "a.txt");
  expect(git(repository, ["commit", "--message", "merge"]).exitCode).toBe(0);
});

test("the hook before a push checks what the branch changed", async () => {
  using repository = createRepository(FILES);
  using target = repository.clone("--bare");
  repository.git("remote", "add", "origin", target.root);
  repository.git("fetch", "--quiet", "origin");
  expect((await hook(repository, "install", "--pre-push")).stdout).toBe("pre-push  installed  .git/hooks/pre-push\n");
  repository.git("switch", "--quiet", "--create", "topic");
  repository.write({ "a.txt": "BAD\n" });
  repository.commit();
  expect(git(repository, ["push", "origin", "topic"]).exitCode).toBe(1);
  repository.write({ "a.txt": "good\n" });
  repository.commit();
  expect(git(repository, ["push", "origin", "topic"]).exitCode).toBe(0);
});

test("install, install again, uninstall, uninstall again: each says what it did", async () => {
  using repository = createRepository(FILES);
  const said = async (...args: readonly string[]): Promise<string> => (await hook(repository, ...args)).stdout;
  expect(await said("install")).toBe("pre-commit  installed  .git/hooks/pre-commit\n");
  expect(await said("install")).toBe("pre-commit  is there already  .git/hooks/pre-commit\n");
  const file = join(repository.root, ".git/hooks/pre-commit");
  writeFileSync(file, `${readFileSync(file, "utf8")}# older\n`);
  expect(await said("install")).toBe("pre-commit  updated  .git/hooks/pre-commit\n");
  expect(await said("uninstall")).toBe(
    "pre-commit  removed  .git/hooks/pre-commit\npre-push  there was none  .git/hooks/pre-push\n",
  );
  expect(existsSync(file)).toBe(false);
  const { hooks } = JSON.parse(await said("uninstall", "--pre-commit", "--json")) as { hooks: unknown };
  expect(hooks).toEqual([{ hook: "pre-commit", state: "absent", file: ".git/hooks/pre-commit", backup: null }]);
});

test("a hook of somebody else is refused; --force keeps it, and uninstall puts it back as it was", async () => {
  using repository = createRepository(FILES);
  const folder = join(repository.root, ".git/hooks");
  const file = join(folder, "pre-commit");
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, "#!/bin/sh\necho mine\n");
  chmodSync(file, 0o750);
  const refused = await hook(repository, "install", "--pre-commit", "--pre-push");
  expect([refused.exitCode, refused.stderr.includes("SYM2052")]).toEqual([2, true]);
  expect(existsSync(join(folder, "pre-push"))).toBe(false);
  expect((await hook(repository, "uninstall", "--pre-commit")).stdout).toContain("left alone");
  expect((await hook(repository, "install", "--force")).stdout).toContain(
    "the one before it is .git/hooks/pre-commit.symbiotic-backup",
  );
  expect((await hook(repository, "uninstall", "--pre-commit")).stdout).toContain("the one before it is back");
  expect(readFileSync(file, "utf8")).toBe("#!/bin/sh\necho mine\n");
  expect(lstatSync(file).mode & 0o777).toBe(0o750);
});

test("of hooks that were put aside one after the other none is lost, and the latest comes back", async () => {
  using repository = createRepository(FILES);
  const file = join(repository.root, ".git/hooks/pre-commit");
  mkdirSync(dirname(file), { recursive: true });
  for (const text of ["first", "second"]) {
    writeFileSync(file, `#!/bin/sh\n# ${text}\n`);
    await hook(repository, "install", "--force");
  }
  await hook(repository, "uninstall");
  expect(readFileSync(file, "utf8")).toContain("second");
  expect(readFileSync(`${file}.symbiotic-backup`, "utf8")).toContain("first");
});

test("a hook that is a link is somebody's, even one that leads nowhere", async () => {
  using repository = createRepository(FILES);
  const file = join(repository.root, ".git/hooks/pre-commit");
  mkdirSync(dirname(file), { recursive: true });
  symlinkSync("../../tools/hook", file);
  expect((await hook(repository, "install")).stderr).toContain("SYM2052");
  await hook(repository, "install", "--force");
  expect(existsSync(join(repository.root, "tools"))).toBe(false);
  await hook(repository, "uninstall");
  expect(readlinkSync(file)).toBe("../../tools/hook");
});

test("core.hooksPath of the repository is where the hook goes; in the work tree it names no place of this machine", async () => {
  using repository = createRepository(FILES);
  linkPackages(repository.root);
  repository.git("config", "core.hooksPath", ".hooks");
  expect((await hook(repository, "install")).stdout).toBe("pre-commit  installed  .hooks/pre-commit\n");
  const text = repository.read(".hooks/pre-commit");
  expect([text.includes(process.execPath), text.includes("node=\n")]).toEqual([false, true]);
  repository.write({ "a.txt": "BAD\n" });
  expect(git(repository, ["commit", "--all", "--message", "bad"]).exitCode).toBe(1);
  repository.write({ "a.txt": "good\n" });
  expect(git(repository, ["commit", "--all", "--message", "good"]).exitCode).toBe(0);
});

test("a core.hooksPath of the user's own is not written to", async () => {
  using repository = createRepository(FILES);
  const shared = join(repository.home, "hooks");
  mkdirSync(shared);
  repository.git("config", "--global", "core.hooksPath", shared);
  const { exitCode, stderr } = await hook(repository, "install");
  expect([exitCode, stderr.includes("SYM2053"), readdirSync(shared)]).toEqual([2, true, []]);
});

test("a hook whose symbiotic is gone stops the commit and says so", async () => {
  using repository = await installed();
  const file = join(repository.root, ".git/hooks/pre-commit");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^made_by=.*$/m, "made_by='/nowhere/symbiotic.js'"));
  repository.write({ "a.txt": "good\n" });
  const done = git(repository, ["commit", "--all", "--message", "good"]);
  expect(done.exitCode).toBe(1);
  expect(done.stderr).toContain("symbiotic was not found, so nothing was checked");
});

test("a hook of one repository that commits in another one is not confused", async () => {
  using outer = createRepository({ "x.txt": "BAD\n" });
  using repository = await installed();
  const file = join(outer.root, ".git/hooks/pre-commit");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `#!/bin/sh\nunset GIT_DIR GIT_WORK_TREE\ncd '${repository.root}' && exec .git/hooks/pre-commit\n`,
  );
  chmodSync(file, 0o755);
  outer.write({ "x.txt": "BAD BAD\n" });
  repository.write({ "a.txt": "good\n" });
  repository.git("add", "a.txt");
  const { exitCode, stdout, stderr } = git(outer, ["commit", "--all", "--message", "outer"]);
  expect([exitCode, stdout + stderr]).toEqual([0, expect.stringContaining("a.txt changed")]);
  // What it runs has the home of the one that started it.
  expect(seenIn(outer)).toEqual(indexOf(repository));
});

test.each<[readonly string[], string]>([
  [["frobnicate"], "SYM2007"],
  [["install", "extra"], "SYM2006"],
  [["uninstall", "--force"], "SYM2006"],
  [["import", "--pre-push"], "SYM2006"],
])("symbiotic hook %j is refused with %s", async (args, code) => {
  using repository = createRepository(FILES);
  const { exitCode, stderr } = await hook(repository, ...args);
  expect([exitCode, stderr.includes(code)]).toEqual([2, true]);
});

const PRE_COMMIT = `exclude: ^docs/
repos:
  - repo: https://github.com/pre-commit/pre-commit-hooks
    rev: v6.0.0
    hooks:
      - id: trailing-whitespace
  - repo: https://github.com/astral-sh/ruff-pre-commit
    rev: v0.14.3
    hooks:
      - id: ruff-check
        args: [--fix]
      - id: ruff-format
  - repo: local
    hooks:
      - id: no-bad-word
        name: no bad word
        entry: sh -c '! grep BAD "$@"' --
        language: system
        files: \\.txt$
      - id: tests
        name: tests
        entry: uv run pytest
        language: system
        pass_filenames: no
`;

test("import prints a configuration, says what becomes of each other hook, and what it printed works", async () => {
  using repository = createRepository({
    ".gitignore": "node_modules/\n",
    ".pre-commit-config.yaml": PRE_COMMIT,
    "a b.txt": "good\n",
    "docs/c.txt": "BAD\n",
  });
  linkPackages(repository.root);
  const { exitCode, stdout, stderr } = await hook(repository, "import");
  expect(exitCode).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "import type { Config } from "@symbiotic-build/engine";

    export default {
      atoms: {
        // .pre-commit-config.yaml:15
        no_bad_word: {
          describe: "no bad word",
          command: "git ls-files -z -- ':(glob)**/*.txt' ':(exclude,glob)docs/**/*' | xargs -0 -r sh -c '! grep BAD \\"$@\\"' --",
          inputs: ["/**/*.txt", "!/docs/**/*"],
          only: ["."],
          targets: ["gates"],
        },
      },
    } satisfies Config;
    "
  `);
  expect(stderr).toMatchInlineSnapshot(`
    ".pre-commit-config.yaml:6  trailing-whitespace  not imported: no plugin does what https://github.com/pre-commit/pre-commit-hooks does; what it runs can be a command atom
    .pre-commit-config.yaml:10  ruff-check  needs no atom: the ruff plugin lints (run_ruff_lint) without being asked; its arguments (--fix) are not taken over: what is to stay belongs in the settings of ruff (pyproject.toml)
    .pre-commit-config.yaml:12  ruff-format  needs no atom: the ruff plugin checks formatting (run_ruff_format_check) without being asked
    .pre-commit-config.yaml:20  tests  needs no atom: the pytest plugin runs the tests (run_pytest_unit_with_coverage) without being asked
    1 hook is an atom, 3 done by plugins, 1 not imported
    "
  `);
  expect((await hook(repository, "import", "--write")).stdout).toBe("wrote symbiotic.config.ts with 1 atom\n");
  expect(repository.read("symbiotic.config.ts")).toBe(stdout);
  const again = await hook(repository, "import", "--write");
  expect([again.exitCode, again.stderr.includes("SYM2057")]).toEqual([2, true]);
  repository.git("add", "--all");
  expect((await symbiotic(repository, ["run", "gates", "--staged"])).exitCode).toBe(0);
  repository.write({ "a b.txt": "BAD\n" });
  repository.git("add", "--all");
  expect((await symbiotic(repository, ["run", "gates", "--staged"])).exitCode).toBe(1);
});

test("what is wrong in the file is told with its place, each problem by itself", async () => {
  using repository = createRepository({
    "x/old.yaml": "repos:\n  - repo: local\n    hooks:\n      - name: x\n      - id: y\n        args: z\n",
  });
  const { exitCode, stderr } = await symbiotic(repository, ["hook", "import", "old.yaml"], {
    cwd: join(repository.root, "x"),
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("repos[0].hooks[0].id is missing\n  --> x/old.yaml:4:9");
  expect(stderr).toContain("repos[0].hooks[1].args must be a list\n  --> x/old.yaml:6:15");
  const none = await hook(repository, "import");
  expect([none.exitCode, none.stderr.includes("SYM2055")]).toEqual([2, true]);
});
