import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../../test/support/repository.ts";
import { takeLease } from "../../../src/worktree/lease.ts";
import { removeWorktree } from "../../../src/worktree/remove-worktree.ts";
import type { RemovalOptions } from "../../../src/worktree/why-kept.ts";
import { codeOf, ensured, entries, refused, removed, unwrap, worktreeRig, type WorktreeRig } from "./worktree-rig.ts";

/** A worktree to be removed, and git in it. */
function tree(rig: WorktreeRig = worktreeRig()) {
  const worktrees = rig.open();
  const made = ensured(worktrees, "a");
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, { cwd: made.path, env: rig.repository.env, encoding: "utf8", stdio: "pipe" }).trim();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(made.path, path)), { recursive: true });
    writeFileSync(join(made.path, path), text);
  };
  return {
    ...rig,
    ...made,
    worktrees,
    inTree: git,
    write,
    remove: (options?: RemovalOptions) => removed(worktrees, made.lease, options),
  };
}

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

test.each<[string, (at: ReturnType<typeof tree>) => void]>([
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

test.each<[string, (at: ReturnType<typeof tree>) => void]>([
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

test("repositories of submodules keep it; a submodule that is not checked out does not", () => {
  const rig = worktreeRig();
  const { repository } = rig;
  const inner = worktreeRig().repository.root;
  repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "sub");
  repository.commit();
  const at = tree(rig);
  at.inTree("-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init");
  expect(at.remove()).toEqual(["SYM7626"]);
  // Its own git is not started: it would do what its configuration says.
  const marker = join(repository.home, "ran");
  writeFileSync(join(at.path, "sub/.gitattributes"), "* filter=x\n");
  writeFileSync(join(at.path, "sub/src/a.py"), "changed\n");
  execFileSync("git", ["config", "filter.x.clean", `touch '${marker}'; cat`], {
    cwd: join(at.path, "sub"),
    env: repository.env,
  });
  expect(at.remove()).toEqual(["SYM7626"]);
  expect(existsSync(marker)).toBe(false);
  expect(at.inTree("status", "--porcelain")).not.toBe("");
  expect(existsSync(marker)).toBe(true);
  at.inTree("submodule", "--quiet", "deinit", "--force", "--all");
  rmSync(join(at.gitDir, "modules"), { recursive: true });
  expect(at.remove()).toEqual(["removed"]);
});

test("nothing is removed that was not made here: the main tree, others' trees, names nobody knows", () => {
  const { repository, open, known, recordFile } = worktreeRig();
  const other = join(temporaryFolder(), "x");
  repository.git("worktree", "add", "--quiet", "--detach", other);
  for (const id of ["x", "main", "repository"]) {
    using lease = unwrap(takeLease(open(), id));
    expect(removed(open(), lease)).toEqual(["SYM7627"]);
  }
  const made = ensured(open(), "a");
  const own = readFileSync(recordFile("a"), "utf8");
  // Records of what was not made.
  for (const [id, path, code] of [
    ["x", other, "SYM7629"],
    ["repository", repository.root, "SYM7613"],
  ] as const) {
    writeFileSync(recordFile(id), own.replaceAll(made.path, path).replaceAll('"a"', `"${id}"`));
    const lease = unwrap(takeLease(open(), id));
    expect(removed(open(), lease)).toEqual([code]);
    lease.release();
  }
  expect(existsSync(join(repository.root, "src/a.py")) && existsSync(other)).toBe(true);
  expect(known()).toContain(other);
});

test("one that the user made in the place of ours is kept", () => {
  const at = tree();
  at.repository.git("worktree", "remove", at.path);
  at.repository.git("worktree", "add", "--quiet", at.path, "issue/a");
  expect(at.remove()).toEqual(["SYM7629"]);
  at.lease.release();
  expect(refused(at.worktrees, "a")).toBe("SYM7629");
  expect(existsSync(at.path)).toBe(true);
});

test("the folder of a worktree that became a link leads to no removal", () => {
  const at = tree();
  const victim = join(dirname(at.repository.root), "victim");
  mkdirSync(victim);
  writeFileSync(join(victim, "file"), "");
  rmSync(at.path, { recursive: true });
  symlinkSync(victim, at.path);
  expect(at.remove()).toEqual(["SYM7612"]);
  expect(entries(victim)).toEqual(["file"]);
});

test("links in a worktree are removed, and what they lead to is not", () => {
  const at = tree();
  const victim = join(dirname(at.repository.root), "victim");
  mkdirSync(victim);
  writeFileSync(join(victim, "file"), "");
  symlinkSync(victim, join(at.path, "node_modules"));
  at.write(".gitignore", "node_modules\n");
  at.inTree("commit", "--quiet", "--all", "--message", "ignore");
  expect(at.remove()).toEqual(["removed"]);
  expect(entries(victim)).toEqual(["file"]);
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
