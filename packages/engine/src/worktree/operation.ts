import { existsSync } from "node:fs";
import { join } from "node:path";

const SIGNS = {
  "rebase-merge": "a rebase",
  "rebase-apply": "a rebase",
  MERGE_HEAD: "a merge",
  CHERRY_PICK_HEAD: "a cherry-pick",
  REVERT_HEAD: "a revert",
  sequencer: "a cherry-pick or revert",
  BISECT_LOG: "a bisection",
} as const;

/** What git is in the middle of in a worktree, by what it keeps there; undefined where it is in none. */
export function operationIn(gitDir: string): string | undefined {
  return Object.entries(SIGNS).find(([name]) => existsSync(join(gitDir, name)))?.[1];
}

/** The file by which git keeps others from a worktree while it writes. */
export function indexLockOf(gitDir: string): string | undefined {
  const lock = join(gitDir, "index.lock");
  return existsSync(lock) ? lock : undefined;
}
