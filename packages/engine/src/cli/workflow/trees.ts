import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Result } from "../../core/result.ts";
import type { Opened } from "../../open.ts";
import type { Before, StepEnd } from "../../plugin/workflow.ts";

/** A work tree that a workflow has open. */
export interface UsedTree {
  /** Absolute. */
  readonly root: string;
  readonly branch: string;
  /** The commit at which its own work begins. */
  readonly base: string;
  /** The commit that is checked out. */
  readonly head: string;
  /** Opened, with the configuration of the user's own tree. */
  readonly opened: Opened;
  /** All that speaks against going on in it: it is not clean, on another branch, at another commit. */
  check(): readonly Diagnostic[];
  /** Commits exactly these paths; gives the commit. */
  commit(paths: readonly string[], message: string): Promise<Result<string, readonly Diagnostic[]>>;
  /** Whether something at these paths is not committed. */
  uncommitted(paths: readonly string[]): boolean;
  /** That its files are neither what a change was made from nor what it makes. */
  readonly conflict: () => Diagnostic;
}

/** The work trees of a workflow, each by its name. */
export interface Trees {
  /** The tree of this name; opened now where this process has not yet. */
  use(name: string, before: Before): Promise<Result<UsedTree, readonly Diagnostic[]>>;
  /** Gives one back, and removes it where nothing would be lost and it is not to be kept. */
  close(name: string, keep: boolean): Promise<StepEnd>;
  /** Keeps others from working on trees of these names, from now on. */
  holdAll(names: readonly string[]): void;
  /** The branches that were made for trees, by this run or by others. */
  ownBranches(): Result<readonly string[], Diagnostic>;
  /** Gives all back that are open. */
  closeAll(): void;
}
