import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { removeWorktree } from "../../../src/worktree/remove-worktree.ts";
import { tree, type RemovalRig } from "./removal-rig.ts";
import { codeOf, ensured, entries, unwrap, worktreeRig } from "./worktree-rig.ts";

test("a worktree in which all is committed goes, with what is installed, and its branch stays", () => {
  const { path, repository, record, known, inTree, write, worktrees, lease } = tree();
  write("src/a.py", "changed\n");
  inTree("commit", "--quiet", "--all", "--message", "work");
  write("node_modules/x/index.js", "");
  const commit = inTree("rev-parse", "HEAD");
  const removal = unwrap(removeWorktree(worktrees, lease));
  expect(removal).toEqual({ removed: true, path, ignored: ["node_modules"] });
  expect([entries(dirname(path)), known(), entries(join(repository.root, ".git/worktrees"))]).toEqual([[], [], []]);
  expect(repository.git("rev-parse", "issue/a")).toBe(commit);
  expect(record("a")).toMatchObject({ state: "gone", user: null });
});

test("one that was removed is made again on the branch that was its own", () => {
  const { worktrees, lease, inTree, remove } = tree();
  inTree("commit", "--quiet", "--allow-empty", "--message", "work");
  const commit = inTree("rev-parse", "HEAD");
  expect(remove()).toEqual(["removed"]);
  lease.release();
  expect(ensured(worktrees, "a")).toMatchObject({ created: true, head: commit, branch: "issue/a" });
});

test.each<[string, (at: RemovalRig) => void]>([
  ["a tracked file", ({ write }) => write("src/a.py", "changed\n")],
  ["a tracked file that is gone", ({ path }) => rmSync(join(path, "src/a.py"))],
  [
    "a staged file",
    ({ write, inTree }) => {
      write("src/a.py", "changed\n");
      inTree("add", "--all");
      write("src/a.py", "one\n");
    },
  ],
  ["an untracked file", ({ write }) => write("new.py", "")],
  [
    "an untracked file that is not to be shown",
    ({ write, repository }) => {
      repository.git("config", "status.showUntrackedFiles", "no");
      write("new.py", "");
    },
  ],
  [
    "an empty repository of its own",
    ({ path, repository }) => execFileSync("git", ["init", "--quiet", join(path, "own")], { env: repository.env }),
  ],
  ["a file mode", ({ inTree }) => inTree("update-index", "--chmod=+x", "src/a.py")],
  [
    "a branch that was taken away",
    ({ repository }) => {
      repository.git("update-ref", "-d", "refs/heads/issue/a");
    },
  ],
])("one with a change that is not committed is kept: %s", (_, change) => {
  const at = tree();
  change(at);
  expect(at.remove()).toContain("SYM7620");
  expect([existsSync(at.path), at.known(), at.record("a")?.state]).toEqual([true, [at.path], "ready"]);
});

test.each<[string, (at: RemovalRig) => void]>([
  [
    "on no branch",
    ({ inTree }) => {
      inTree("switch", "--quiet", "--detach");
      inTree("commit", "--quiet", "--allow-empty", "--message", "alone");
    },
  ],
  [
    "on no branch, and then left",
    ({ inTree }) => {
      inTree("switch", "--quiet", "--detach");
      inTree("commit", "--quiet", "--allow-empty", "--message", "alone");
      inTree("switch", "--quiet", "issue/a");
    },
  ],
  [
    "on a branch that was taken away",
    ({ inTree, repository }) => {
      inTree("switch", "--quiet", "--create", "short");
      inTree("commit", "--quiet", "--allow-empty", "--message", "alone");
      inTree("switch", "--quiet", "issue/a");
      repository.git("branch", "--quiet", "-D", "short");
    },
  ],
])("one with a commit that nobody else has is kept: %s", (_, change) => {
  const at = tree();
  change(at);
  expect(at.remove()).toEqual(["SYM7621"]);
  expect(existsSync(at.path)).toBe(true);
});

test("commits that a branch or a remote has, or that were amended, keep nothing", () => {
  const at = tree();
  at.inTree("commit", "--quiet", "--allow-empty", "--message", "work");
  at.inTree("commit", "--quiet", "--allow-empty", "--amend", "--message", "better");
  at.repository.commit("base");
  at.inTree("rebase", "--quiet", "main");
  at.inTree("switch", "--quiet", "--detach");
  at.inTree("commit", "--quiet", "--allow-empty", "--message", "pushed");
  at.repository.git("update-ref", "refs/remotes/origin/x", at.inTree("rev-parse", "HEAD"));
  expect(at.remove()).toEqual(["removed"]);
});

test("commits that a rebase made before it was given up keep nothing", () => {
  const at = tree();
  for (const [path, text] of [
    ["one.py", "1\n"],
    ["src/a.py", "ours\n"],
  ] as const) {
    at.write(path, text);
    at.inTree("add", "--all");
    at.inTree("commit", "--quiet", "--message", path);
  }
  at.repository.write({ "src/a.py": "theirs\n" });
  at.repository.commit("theirs");
  expect(() => at.inTree("rebase", "--quiet", "main")).toThrow();
  expect(at.remove()).toContain("SYM7623");
  at.inTree("rebase", "--abort");
  expect(at.remove()).toEqual(["removed"]);
});

test("one that is locked, in the middle of something, or in use by git is kept", () => {
  const at = tree();
  at.repository.git("worktree", "lock", at.path);
  expect(at.remove()).toEqual(["SYM7622"]);
  at.repository.git("worktree", "unlock", at.path);
  for (const sign of ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "BISECT_LOG", "index.lock"]) {
    writeFileSync(join(at.gitDir, sign), `${at.head}\n`);
    expect([sign, at.remove()]).toEqual([sign, ["SYM7623"]]);
    rmSync(join(at.gitDir, sign));
  }
  mkdirSync(join(at.path, ".symbiotic/applying/1"), { recursive: true });
  writeFileSync(join(at.path, ".symbiotic/.gitignore"), "*\n");
  expect(at.remove()).toEqual(["SYM7623"]);
  rmSync(join(at.path, ".symbiotic/applying"), { recursive: true });
  expect(at.remove()).toEqual(["removed"]);
});

test("ignored files that no tool makes again keep it, but for those that are named", () => {
  const at = tree();
  for (const path of ["node_modules/x.js", "deep/node_modules/y.js"]) at.write(path, "");
  expect(at.remove({ disposable: [] })).toEqual(["removed"]);
  const other = tree();
  for (const path of [".env", "logs/a.log"]) other.write(path, "");
  const kept = unwrap(removeWorktree(other.worktrees, other.lease));
  expect(kept).toMatchObject({ removed: false, reasons: [{ code: "SYM7624", notes: [".env", "logs/a.log"] }] });
  expect(other.remove({ disposable: ["**/*.log"] })).toEqual(["SYM7624"]);
  expect(other.remove({ disposable: ["**"] })).toEqual(["removed"]);
});

test("changes that git was told not to look at keep it", () => {
  const at = tree();
  at.inTree("update-index", "--assume-unchanged", "src/a.py");
  at.write("src/a.py", "changed\n");
  expect(at.inTree("status", "--porcelain")).toBe("");
  expect(at.remove()).toEqual(["SYM7625"]);
  at.inTree("update-index", "--no-assume-unchanged", "src/a.py");
  at.inTree("update-index", "--skip-worktree", "src/a.py");
  expect(at.remove()).not.toEqual(["removed"]);
});

test("files that a sparse check-out leaves out keep nothing", () => {
  const rig = worktreeRig({ "in/a": "", "out/b": "", top: "" });
  rig.repository.git("sparse-checkout", "set", "--cone", "in");
  expect(tree(rig).remove()).toEqual(["removed"]);
});

test("one whose folder was removed by hand is forgotten, unless it held the only commit", () => {
  const at = tree();
  at.inTree("switch", "--quiet", "--detach");
  at.inTree("commit", "--quiet", "--allow-empty", "--message", "alone");
  rmSync(at.path, { recursive: true });
  expect(at.remove()).toEqual(["SYM7617"]);
  at.repository.git("branch", "kept", readFileSync(join(at.gitDir, "HEAD"), "utf8").trim());
  expect(at.remove()).toEqual(["removed"]);
  expect(at.known()).toEqual([]);
});

test("a removal that cannot be done leaves all as it was", () => {
  const at = tree();
  writeFileSync(join(dirname(at.path), "in the way"), "");
  const elsewhere = { ...at.worktrees, records: join(at.repository.root, "src/a.py") };
  expect(codeOf(removeWorktree(elsewhere, at.lease))).toBe("SYM7603");
  expect(existsSync(join(at.path, "src/a.py"))).toBe(true);
});
