import type { RepoPath } from "../core/path.ts";
import type { TaskStatus } from "../core/status.ts";
import type { UndeclaredWrite } from "./verdict.ts";

/** What one run of a task came to. */
export interface Observation {
  readonly status: TaskStatus;
  readonly summary: string;
  /** The evidence's canonical text. */
  readonly evidence: string;
  /** Mode and digest of each output, by path. */
  readonly outputs: ReadonlyMap<RepoPath, string>;
  /** All that it said. */
  readonly log: string;
  /** What of the log is the same each time; undefined where evidence says what it found. */
  readonly words: string | undefined;
  readonly writes: readonly UndeclaredWrite[];
}
