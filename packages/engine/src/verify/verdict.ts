import type { RepoPath } from "../core/path.ts";
import type { TaskId } from "../core/task-id.ts";

/** How a task was kept from what it does not declare: in a name space of its own at the place of the repository, or in a copy elsewhere. */
export type Isolation = "bubblewrap" | "copied";

/** Something that a task reads and does not declare. */
export interface MissedInput {
  readonly path: RepoPath;
  /** `folder`: many files in it, or which of them was not told apart. */
  readonly kind: "file" | "folder";
  /** How many files it stands for. */
  readonly files: number;
  /** That git ignores it. */
  readonly ignored: boolean;
  /** The task that makes it, where one is known. */
  readonly producer?: TaskId;
  /** That it, or a part of it, is needed; false where the search ended before it was sure. */
  readonly certain: boolean;
}

/** Something that a task did to a path that is neither its output nor its scratch. */
export interface UndeclaredWrite {
  readonly path: RepoPath;
  readonly kind: "file" | "folder";
  readonly change: "created" | "changed" | "removed";
  /** How many files it stands for: a folder that is new is told of once. */
  readonly files: number;
}

/**
 * What became of one task. `same`: its declared inputs suffice. `missed`: they do not. `unverified`: it could not be told, `reason`
 * says why. `skipped`: it is not run here.
 */
export interface Verdict {
  readonly verdict: "same" | "missed" | "unverified" | "skipped";
  readonly missed: readonly MissedInput[];
  /** Variables that it was not given and cannot do without. */
  readonly variables: readonly string[];
  readonly writes: readonly UndeclaredWrite[];
  readonly reason?: string;
  readonly isolation?: Isolation;
  /** How often it was run. */
  readonly runs: number;
}
