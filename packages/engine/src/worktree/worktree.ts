import type { Owner } from "./worktree-record.ts";

/** A worktree that is there, for who has its lease. */
export interface Worktree {
  readonly id: string;
  readonly name: string;
  /** Absolute and real. */
  readonly path: string;
  /** What git keeps of it, absolute. */
  readonly gitDir: string;
  readonly branch: string;
  /** The commit that its branch began at. */
  readonly base: string;
  /** The commit that is checked out. */
  readonly head: string;
  /** That it was not there before. */
  readonly created: boolean;
  /** Whose work this goes on with: a process that died without letting go. */
  readonly takenOverFrom?: Owner;
}
