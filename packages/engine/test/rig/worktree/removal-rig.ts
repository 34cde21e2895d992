import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Lease } from "../../../src/worktree/lease.ts";
import type { Worktrees } from "../../../src/worktree/open-worktrees.ts";
import type { RemovalOptions } from "../../../src/worktree/why-kept.ts";
import type { Worktree } from "../../../src/worktree/worktree.ts";
import { ensured, removed, worktreeRig, type WorktreeRig } from "./worktree-rig.ts";

export interface RemovalRig extends WorktreeRig, Worktree {
  readonly worktrees: Worktrees;
  readonly lease: Lease;
  /** Git in the worktree; what it prints. */
  readonly inTree: (...args: readonly string[]) => string;
  readonly write: (path: string, text: string) => void;
  /** Removes it, and says by which codes it was kept. */
  readonly remove: (options?: RemovalOptions) => readonly string[];
}

/** A worktree to be removed, and git in it. */
export function tree(rig: WorktreeRig = worktreeRig()): RemovalRig {
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
