import type { RepoPath } from "../../core/path.ts";

/** A line that a change adds, or makes other than it was. */
export interface AddedLine {
  /** From 1, in the file as it is afterwards. */
  readonly line: number;
  /** Without its line break. */
  readonly text: string;
}

/** What a change does to one file, as the engine's own git tells it. */
export interface FileChange {
  /** Where the file is afterwards; where it was, if it is deleted. */
  readonly path: RepoPath;
  readonly kind: "added" | "modified" | "deleted" | "renamed";
  /** The old path of a renamed file. */
  readonly from?: RepoPath;
  /** As git writes them: `100644`, `100755`, `120000`, `160000`. Absent where there is no file. */
  readonly mode: { readonly before?: string; readonly after?: string };
  /** Where a link points to, as it is written in it. */
  readonly target?: string;
  /** How many names the file has on the disk. */
  readonly names?: number;
  /** Bytes afterwards. */
  readonly size?: number;
  /** The lines that are new or other; absent where the file is not text, or cannot be read as UTF-8. */
  readonly added?: readonly AddedLine[];
  /** The whole text on both sides, where there is one: needed of manifests, which hold settings of tools beside others. */
  readonly before?: string;
  readonly after?: string;
}
