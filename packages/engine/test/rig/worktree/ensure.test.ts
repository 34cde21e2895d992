import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../../test/support/repository.ts";
import { ensureWorktree } from "../../../src/worktree/ensure-worktree.ts";
import { codeOf, ensured, entries, leaseOf, refused, worktreeRig } from "./worktree-rig.ts";

test("a worktree is made once, outside the work tree, on a branch of its own, and is found again", () => {
  const { repository, open, record, known } = worktreeRig();
  const first = ensured(open(), "CIV-23");
  const folder = join(repository.home, ".cache/symbiotic/worktrees");
  expect(dirname(dirname(first.path))).toBe(folder);
  expect(first).toMatchObject({ name: "CIV-23", branch: "issue/CIV-23", created: true });
  expect([first.head, first.base]).toEqual(Array(2).fill(repository.git("rev-parse", "main")));
  expect(readFileSync(join(first.path, "src/b c ü.py"), "utf8")).toBe("two\n");
  expect(known()).toEqual([first.path]);
  expect(record("CIV-23")).toMatchObject({ id: "CIV-23", state: "ready", isOwnBranch: true, user: { run: "run-1" } });
  writeFileSync(join(first.path, "new.py"), "new\n");
  first.lease.release();
  const again = ensured(open({ run: "run-2" }), "CIV-23");
  expect(again).toMatchObject({ path: first.path, gitDir: first.gitDir, created: false });
  expect(again.takenOverFrom).toBeUndefined();
  expect(readFileSync(join(again.path, "new.py"), "utf8")).toBe("new\n");
  expect(repository.git("status", "--porcelain")).toBe("");
});

test("the base is what is asked for, and what names no commit is refused with nothing made", () => {
  const { repository, open, record, known } = worktreeRig();
  const base = repository.git("rev-parse", "HEAD");
  repository.write({ "later.py": "" });
  repository.commit();
  expect(ensured(open(), "a", { base }).head).toBe(base);
  expect(ensured(open(), "b", { base: "main~1", branch: "feature/x y".replace(" ", "-") }).head).toBe(base);
  for (const name of ["nothing", "", "-x", "--all", "main:src"])
    expect(refused(open(), "c", { base: name })).toBe("SYM7610");
  expect([record("c"), known().length]).toEqual([undefined, 2]);
  expect(repository.git("branch", "--list", "issue/c")).toBe("");
});

test.each([
  "..",
  "../x",
  "a/b",
  "a b",
  "Ünïcödé",
  "日本",
  "NUL",
  "con.txt",
  "x.lock",
  "a..b",
  "-x",
  ".",
  "",
  "HEAD",
  "x.",
  "\ud800",
  "a\nb",
  "x".repeat(300),
  "~root",
  "C:\\x",
  "%2e%2e",
])("an issue that is called %j has a folder and a branch of its own", (id) => {
  const { open, known } = worktreeRig();
  const made = ensured(open(), id);
  expect(basename(made.path)).toMatch(/^[A-Za-z0-9][A-Za-z0-9-]*-[0-9a-f]{12}$/);
  expect([made.id, made.created, known()]).toEqual([id, true, [made.path]]);
  made.lease.release();
  expect(ensured(open(), id).created).toBe(false);
});

test("a name that is another issue's is refused", () => {
  const { open, recordFile } = worktreeRig();
  const { lease } = ensured(open(), "a");
  lease.release();
  writeFileSync(recordFile("a"), readFileSync(recordFile("a"), "utf8").replace('"id": "a"', '"id": "A"'));
  expect(refused(open(), "a")).toBe("SYM7605");
});

test("a branch that is there and not ours is refused, or taken as it is when that is allowed", () => {
  const { repository, open, record } = worktreeRig();
  repository.git("branch", "theirs");
  expect(refused(open(), "a", { branch: "theirs" })).toBe("SYM7607");
  expect(record("a")).toBeUndefined();
  expect(ensured(open(), "a", { branch: "theirs", takesBranch: true })).toMatchObject({
    branch: "theirs",
    created: true,
  });
  expect(record("a")).toMatchObject({ isOwnBranch: false });
});

test("a branch that is checked out elsewhere is refused, with where", () => {
  const { repository, open, record } = worktreeRig();
  const other = join(dirname(repository.root), "other tree");
  repository.git("worktree", "add", "--quiet", "-b", "theirs", other);
  for (const [branch, place] of [
    ["theirs", other],
    ["main", repository.root],
  ] as const) {
    const lease = leaseOf(open(), branch);
    const asked = ensureWorktree(open(), lease, { base: "main", branch, takesBranch: true });
    expect(asked).toMatchObject({ ok: false, error: { code: "SYM7608", message: expect.stringContaining(place) } });
  }
  expect(record("theirs")).toBeUndefined();
});

test.each(["a..b", "-x", "x.lock", "@{-1}", "a b", "HEAD", "", "main/below"])(
  "%j is no branch that can be made",
  (branch) => {
    const { repository, open, known } = worktreeRig();
    repository.git("switch", "--quiet", "--create", "other");
    repository.git("switch", "--quiet", "main");
    expect(refused(open(), "a", { branch })).toBe("SYM7609");
    expect(known()).toEqual([]);
    expect(ensured(open(), "a", { branch: "fine" })).toMatchObject({ branch: "fine", created: true });
  },
);

test("a folder that is there and was not made here is refused and not touched", () => {
  const { repository, open } = worktreeRig();
  const folder = join(dirname(repository.root), "places");
  mkdirSync(join(folder, "a"), { recursive: true });
  writeFileSync(join(folder, "b"), "");
  symlinkSync(join(folder, "a"), join(folder, "c"), "junction");
  symlinkSync(join(folder, "nowhere"), join(folder, "d"), "junction");
  repository.git("worktree", "add", "--quiet", "-b", "theirs", join(folder, "e"));
  for (const id of ["a", "b", "c", "d", "e"]) expect([id, refused(open({ folder }), id)]).toEqual([id, "SYM7606"]);
  expect(entries(folder)).toEqual(["a", "b", "c", "d", "e"]);
});

test("no worktree is made in a work tree or a git directory, and none where no folder can be", () => {
  const { repository, open } = worktreeRig();
  const other = join(dirname(repository.root), "other");
  repository.git("worktree", "add", "--quiet", "--detach", other);
  const foreign = join(dirname(repository.root), "foreign/.git/x");
  const away = join(dirname(repository.root), "away");
  symlinkSync(join(repository.root, "src"), away, "junction");
  for (const folder of [
    repository.root,
    join(repository.root, "x"),
    join(repository.root, ".git/x"),
    join(other, "x"),
    foreign,
    away,
  ])
    expect([folder, refused(open({ folder }), "a")]).toEqual([folder, "SYM7602"]);
  expect(refused(open({ folder: join(repository.root, "src/a.py") }), "a")).toBe("SYM7601");
  expect(refused(open({ folder: join(repository.root, "src/a.py/below") }), "a")).toBe("SYM7601");
});

test("a worktree whose folder was removed by hand is made again from its branch", () => {
  const { repository, open, known } = worktreeRig();
  const made = ensured(open(), "a");
  writeFileSync(join(made.path, "src/a.py"), "changed\n");
  execFileSync("git", ["commit", "--quiet", "--all", "--message", "work"], { cwd: made.path, env: repository.env });
  made.lease.release();
  rmSync(made.path, { recursive: true });
  const again = ensured(open(), "a");
  expect(again).toMatchObject({ path: made.path, created: true, head: repository.git("rev-parse", "issue/a") });
  expect(readFileSync(join(again.path, "src/a.py"), "utf8")).toBe("changed\n");
  expect(known()).toEqual([made.path]);
});

test("a folder that was removed by hand is not made again where a commit, or a lock, would be lost", () => {
  const { repository, open } = worktreeRig();
  const made = ensured(open(), "a");
  const inTree = (...args: readonly string[]): string =>
    execFileSync("git", args, { cwd: made.path, env: repository.env, encoding: "utf8" }).trim();
  made.lease.release();
  repository.git("worktree", "lock", "--reason", "on a stick", made.path);
  const away = `${made.path}.away`;
  renameSync(made.path, away);
  expect(refused(open(), "a")).toBe("SYM7618");
  renameSync(away, made.path);
  repository.git("worktree", "unlock", made.path);
  inTree("switch", "--quiet", "--detach");
  inTree("commit", "--quiet", "--allow-empty", "--message", "alone");
  const commit = inTree("rev-parse", "HEAD");
  rmSync(made.path, { recursive: true });
  expect(refused(open(), "a")).toBe("SYM7617");
  repository.git("branch", "kept", commit);
  expect(ensured(open(), "a").created).toBe(true);
});

test("a worktree with another branch, at another place, or for another one is refused", () => {
  const { repository, open } = worktreeRig();
  const made = ensured(open(), "a");
  made.lease.release();
  expect(refused(open(), "a", { branch: "other" })).toBe("SYM7611");
  expect(refused(open({ folder: join(dirname(repository.root), "elsewhere") }), "a")).toBe("SYM7611");
  for (const args of [["--detach"], ["--create", "own"]]) {
    execFileSync("git", ["switch", "--quiet", ...args], { cwd: made.path, env: repository.env });
    expect(refused(open(), "a")).toBe("SYM7614");
  }
});

test("a sparse check-out stays sparse, and a linked work tree serves as well as the main one", () => {
  const { repository, open } = worktreeRig({ "in/a": "", "out/b": "", top: "" });
  repository.git("sparse-checkout", "set", "--cone", "in");
  const made = ensured(open(), "a");
  expect(entries(made.path)).toEqual([".git", "in", "top"]);
  const linked = join(temporaryFolder(), "linked");
  repository.git("worktree", "add", "--quiet", "--detach", linked);
  const other = ensured(open({ root: linked }), "b");
  expect(dirname(other.path)).toBe(dirname(made.path));
  expect(refused(open({ root: linked, folder: join(repository.root, "x") }), "c")).toBe("SYM7602");
  expect(codeOf({ ok: true, value: 1 })).toBe("ok");
});
