import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { at, cloneRepository, createRepository } from "../../../test/support/test-repository.ts";
import { openRepository, refusal } from "./repository.ts";

const UNIX = process.platform !== "win32";

function opened(cwd: string, env: Readonly<Record<string, string>>) {
  const result = openRepository(cwd, env);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

test("a repository is opened from a folder inside it, with its root, head and branch", () => {
  using repository = createRepository();
  repository.write({ "a/b/c.txt": "c" });
  const head = repository.commit();
  const { git, ...facts } = opened(join(repository.root, "a", "b"), repository.env);
  const gitDir = join(repository.root, ".git");
  expect(facts).toEqual({ root: repository.root, gitDir, commonDir: gitDir, head, branch: "main", shallow: false });
  expect(git(["rev-parse", "--show-prefix"])).toMatchObject({
    ok: true,
    value: { exitCode: 0, stdout: Buffer.from("\n") },
  });
});

test("before the first commit there is a branch and no head", () => {
  using repository = createRepository();
  repository.write({ HEAD: "a file of that name is not a commit" });
  expect(opened(repository.root, repository.env)).toMatchObject({ head: null, branch: "main" });
});

test("a detached HEAD has no branch", () => {
  using repository = createRepository();
  const head = repository.commit();
  repository.git("checkout", "-q", "--detach");
  expect(opened(repository.root, repository.env)).toMatchObject({ head, branch: null });
});

test("a branch whose name has slashes keeps them", () => {
  using repository = createRepository();
  repository.commit();
  repository.git("checkout", "-q", "-b", "feature/a/b");
  expect(opened(repository.root, repository.env).branch).toBe("feature/a/b");
});

test("a linked work tree has its own root and git directory and shares the common one", () => {
  using repository = createRepository();
  repository.commit();
  const linked = join(dirname(repository.root), "linked");
  repository.git("worktree", "add", "-q", "-b", "other", linked);
  const gitDir = join(repository.root, ".git", "worktrees", "linked");
  const commonDir = join(repository.root, ".git");
  expect(opened(linked, repository.env)).toMatchObject({ root: linked, gitDir, commonDir, branch: "other" });
});

test("a shallow clone says that it is one", () => {
  using origin = createRepository();
  origin.commit("one");
  origin.commit("two");
  using clone = cloneRepository(origin, "--depth", "1");
  expect(opened(clone.root, clone.env).shallow).toBe(true);
});

test.runIf(UNIX)(
  "a root that is reached through a symbolic link, or has a line break in its name, is the real one",
  () => {
    using repository = createRepository();
    const folder = dirname(repository.root);
    const broken = at(join(folder, "line\nbreak"), folder);
    mkdirSync(broken.root);
    broken.git("init", "-q", "-b", "main");
    const head = broken.commit();
    symlinkSync(broken.root, join(folder, "link"));
    const gitDir = join(broken.root, ".git");
    expect(opened(join(folder, "link"), repository.env)).toMatchObject({
      root: broken.root,
      gitDir,
      commonDir: gitDir,
      head,
    });
  },
);

test("variables of git that were inherited count for nothing", () => {
  using repository = createRepository();
  using other = createRepository();
  repository.commit();
  const inherited = {
    GIT_DIR: join(other.root, ".git"),
    GIT_WORK_TREE: other.root,
    GIT_INDEX_FILE: "/nowhere",
    Git_Dir: "/nowhere",
  };
  expect(opened(repository.root, { ...repository.env, ...inherited }).root).toBe(repository.root);
});

test("a folder outside any repository is an error that says how to make one", () => {
  using repository = createRepository();
  const result = openRepository(dirname(repository.root), repository.env);
  expect(result).toMatchObject({ ok: false, error: { code: "SYM7002" } });
  expect(!result.ok && result.error.hint).toContain("git init");
});

test("a bare repository and the inside of a git directory are errors", () => {
  using repository = createRepository();
  const bare = join(dirname(repository.root), "bare.git");
  repository.git("init", "-q", "--bare", bare);
  expect(openRepository(bare, repository.env)).toMatchObject({
    ok: false,
    error: { code: "SYM7003", message: expect.stringContaining("bare") },
  });
  const inside = openRepository(join(repository.root, ".git"), repository.env);
  expect(inside).toMatchObject({
    ok: false,
    error: { code: "SYM7003", message: expect.stringContaining("inside a git directory") },
  });
});

test("without git on PATH the error says that git is missing", () => {
  using repository = createRepository();
  expect(openRepository(repository.root, { ...repository.env, PATH: repository.root })).toMatchObject({
    ok: false,
    error: { code: "SYM7001" },
  });
});

test("a folder that does not exist is not taken for a missing git", () => {
  using repository = createRepository();
  expect(openRepository(join(repository.root, "nowhere"), repository.env)).toMatchObject({
    ok: false,
    error: { code: "SYM7006" },
  });
});

test("what git writes when a repository belongs to somebody else becomes an error with the way out", () => {
  const recent = refusal(
    "/here",
    "fatal: detected dubious ownership in repository at '/a b/c'\nTo add an exception ...",
  );
  expect(recent).toMatchObject({ code: "SYM7004", hint: expect.stringContaining("safe.directory '/a b/c'") });
  expect(refusal("/here", "fatal: unsafe repository ('/c' is owned by someone else)\n").code).toBe("SYM7004");
});

test.runIf(process.getuid?.() === 0)("a repository of another user is refused", () => {
  using repository = createRepository();
  chownSync(repository.root, 12345, 12345);
  chownSync(join(repository.root, ".git"), 12345, 12345);
  expect(openRepository(repository.root, repository.env)).toMatchObject({ ok: false, error: { code: "SYM7004" } });
});

test.runIf(UNIX)("no program that the repository's configuration names is started", () => {
  using repository = createRepository();
  repository.write({ a: "a" });
  repository.commit();
  const trace = join(dirname(repository.root), "started");
  const program = join(dirname(repository.root), "program.sh");
  writeFileSync(program, `#!/bin/sh\ntouch '${trace}'\n`, { mode: 0o755 });
  repository.git("config", "core.fsmonitor", program);
  const { git } = opened(repository.root, repository.env);
  expect(git(["status", "--porcelain"])).toMatchObject({ ok: true, value: { exitCode: 0 } });
  expect(existsSync(trace)).toBe(false);
  execFileSync("git", ["status"], { cwd: repository.root, env: repository.env, stdio: "ignore" });
  expect(existsSync(trace), "the program would be started by a plain git").toBe(true);
});

test("git's messages are in English whatever the locale", () => {
  using repository = createRepository();
  const answer = openRepository(dirname(repository.root), {
    ...repository.env,
    LC_ALL: "de_DE.UTF-8",
    LANGUAGE: "de",
    LANG: "de_DE.UTF-8",
  });
  expect(answer).toMatchObject({ ok: false, error: { code: "SYM7002" } });
});

test("an index that another process has locked does not matter", () => {
  using repository = createRepository();
  repository.write({ a: "a" });
  repository.commit();
  writeFileSync(join(repository.root, ".git", "index.lock"), "");
  expect(opened(repository.root, repository.env).git(["status", "--porcelain=v2"])).toMatchObject({
    ok: true,
    value: { exitCode: 0 },
  });
});
