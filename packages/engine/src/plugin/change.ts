import type { RepoPath } from "../core/path.ts";

/** A change, as gates see it: the work tree compared with a commit. */
export interface Change {
  /** What was compared with, as people name it: `origin/main`. */
  readonly base: string;
  readonly commit: string;
  /** Sorted by path. */
  readonly files: readonly ChangedSource[];
}

/** A file that differs from the base. */
export interface ChangedSource {
  readonly path: RepoPath;
  readonly status: "added" | "modified" | "deleted";
  /** Where it was before, if it was renamed. */
  readonly from?: RepoPath;
  /** The lines that are new or other than before, as ranges from 1: `1-4,7`; empty where there are none, as in what is not text. */
  readonly lines: string;
}
