import type { RepoPath } from "../core/path.ts";
import type { Matches } from "../workspace/match.ts";

/** Files of one project that some globs mean: the unit in which inputs are listed, digested and compared. */
export interface InputSet {
  /** What people call it: `files`, `files of core`, `configuration`. */
  readonly label: string;
  /** Equal for equal sets, so that each is digested once a run. */
  readonly key: string;
  /** Paths to digest; of `optional` ones the absence is recorded. */
  readonly paths: () => readonly RepoPath[];
  readonly optional: boolean;
  /** Whether a path would be of the set, whether it exists or not. */
  readonly matches: Matches;
  /** Why nothing that depends on this set may be kept; absent where all of it can be known. */
  readonly uncacheable?: string;
}
