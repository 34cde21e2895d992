import type { RepoPath } from "../../core/path.ts";

/** A file that differs from the base. A renamed file comes twice: its new path as `renamed`, its old one as `deleted`. */
export interface ChangedFile {
  readonly path: RepoPath;
  readonly status: "added" | "modified" | "deleted" | "renamed";
  /** The old path of a renamed file. */
  readonly from?: RepoPath;
}
