import { expect, test } from "vitest";
import { parseWorktrees } from "./git-worktrees.ts";

const ID = "b".repeat(40);

test.each(["\0", "\n"] as const)("a list of work trees is read: lines that end in %j", (end) => {
  const blocks = [
    ["worktree /code/app", `HEAD ${ID}`, "branch refs/heads/main"],
    ["worktree /code/a b", `HEAD ${ID}`, "detached", "locked on a stick"],
    ["worktree /code/c", `HEAD ${ID}`, "branch refs/heads/issue/c", "locked", "prunable gitdir file points nowhere"],
    ["worktree /code/bare.git", "bare"],
  ];
  const text = blocks.map((lines) => lines.map((line) => line + end).join("") + end).join("");
  expect(parseWorktrees(text, end)).toEqual([
    { path: "/code/app", head: ID, branch: "main", locked: null },
    { path: "/code/a b", head: ID, branch: null, locked: "on a stick" },
    { path: "/code/c", head: ID, branch: "issue/c", locked: "" },
    { path: "/code/bare.git", head: null, branch: null, locked: null },
  ]);
  expect(parseWorktrees("", end)).toEqual([]);
});
