import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { removeWorktree } from "../../../src/worktree/remove-worktree.ts";
import {
  codeOf,
  ensured,
  entries,
  isClean,
  isWhole,
  refused,
  removed,
  worktreeRig,
  type WorktreeRig,
} from "./worktree-rig.ts";

/** A worktree with something else recorded of it, as a process that was killed leaves it. */
function half(rig: WorktreeRig, more: object): void {
  writeFileSync(rig.recordFile("a"), JSON.stringify({ ...rig.record("a"), ...more }));
}

test("files that were half written when git was killed, and the lock that it left, are written anew", () => {
  const rig = worktreeRig();
  const made = ensured(rig.open(), "a");
  made.lease.release();
  half(rig, { state: "making", gitDir: null });
  rmSync(join(made.path, "src/b c ü.py"));
  rmSync(join(made.gitDir, "index"));
  writeFileSync(join(made.path, "src/a.py"), "o");
  writeFileSync(join(made.gitDir, "index.lock"), "");
  rig.repository.git("worktree", "lock", "--reason", "initializing", made.path);
  const again = ensured(rig.open(), "a");
  isWhole(rig, again.path);
  expect(removed(rig.open(), again.lease)).toEqual(["removed"]);
});

test.each(["empty", "with a .git that leads nowhere"])("a folder that git had only begun is made anew: %s", (what) => {
  const rig = worktreeRig();
  const made = ensured(rig.open(), "a");
  made.lease.release();
  rig.repository.git("worktree", "remove", made.path);
  half(rig, { state: "making", gitDir: null });
  mkdirSync(made.path);
  if (what !== "empty") writeFileSync(join(made.path, ".git"), `gitdir: ${made.gitDir}\n`);
  isWhole(rig, ensured(rig.open(), "a").path);
});

test("a folder that git had only begun and that holds something is not touched", () => {
  const rig = worktreeRig();
  const made = ensured(rig.open(), "a");
  made.lease.release();
  rig.repository.git("worktree", "remove", made.path);
  half(rig, { state: "making", gitDir: null });
  mkdirSync(made.path);
  for (const name of [".git", "mine.py"]) writeFileSync(join(made.path, name), "");
  expect(refused(rig.open(), "a")).toBe("SYM7606");
  expect(entries(made.path)).toEqual([".git", "mine.py"]);
});

test("a removal that had not moved the folder is asked anew, and one of which a part is deleted is finished", () => {
  const rig = worktreeRig();
  const made = ensured(rig.open(), "a");
  const trash = join(dirname(made.path), ".removing-a-1");
  half(rig, { state: "removing", trash });
  writeFileSync(join(made.path, "new.py"), "");
  expect(removed(rig.open(), made.lease)).toEqual(["SYM7620"]);
  rmSync(join(made.path, "new.py"));
  renameSync(made.path, trash);
  rmSync(join(trash, ".gitignore"));
  half(rig, { state: "deleting", trash });
  expect(removed(rig.open(), made.lease)).toEqual(["removed"]);
  made.lease.release();
  isClean(rig, dirname(made.path));
});

test("a folder that was put in the place of one that is being removed is not touched", () => {
  const rig = worktreeRig();
  const made = ensured(rig.open(), "a");
  const trash = join(dirname(made.path), ".removing-a-1");
  renameSync(made.path, trash);
  mkdirSync(made.path);
  writeFileSync(join(made.path, "mine"), "");
  writeFileSync(join(trash, "new.py"), "");
  for (const state of ["removing", "deleting"]) {
    half(rig, { state, trash });
    expect(codeOf(removeWorktree(rig.open(), made.lease))).toBe("SYM7619");
    expect([entries(made.path), entries(trash).includes("src")]).toEqual([["mine"], true]);
  }
});

test("a folder that was moved aside and that git has forgotten is kept", () => {
  const rig = worktreeRig();
  const made = ensured(rig.open(), "a");
  const trash = join(dirname(made.path), ".removing-a-1");
  renameSync(made.path, trash);
  half(rig, { state: "removing", trash });
  rig.repository.git("worktree", "prune");
  expect(codeOf(removeWorktree(rig.open(), made.lease))).toBe("SYM7619");
  expect(entries(trash)).toContain("src");
});

test("what was written into a worktree that was all but made is kept", () => {
  const rig = worktreeRig();
  const made = ensured(rig.open(), "a");
  made.lease.release();
  half(rig, { state: "making", gitDir: null });
  writeFileSync(join(made.path, "src/a.py"), "mine\n");
  const again = ensured(rig.open(), "a");
  expect(removed(rig.open(), again.lease)).toEqual(["SYM7620"]);
});

test("one of which nothing was made yet is removed without making it", () => {
  const rig = worktreeRig();
  const made = ensured(rig.open(), "a");
  rig.repository.git("worktree", "remove", made.path);
  rig.repository.git("branch", "--quiet", "-D", "issue/a");
  half(rig, { state: "making", gitDir: null });
  expect(removed(rig.open(), made.lease)).toEqual(["removed"]);
  expect(rig.repository.git("branch", "--list", "issue/a")).toBe("");
});
