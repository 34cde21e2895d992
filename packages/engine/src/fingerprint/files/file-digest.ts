import type { Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import type { Result } from "../../core/result.ts";
import type { FileMode } from "./file-stat.ts";
import type { Digest } from "./hash-file.ts";

/**
 * What a key holds of one file: where it lies, how it is kept, and the sha256 of its work-tree bytes. That of a link is of
 * its text and, where it leads to a file, of that file; that of a submodule, `160000`, of all files in it.
 */
export interface FileDigest {
  readonly path: RepoPath;
  readonly mode: FileMode | "160000";
  readonly sha256: Digest;
}

/** A digest, `undefined` where no file or link lies there, or why it cannot be known. */
export type DigestResult = Result<FileDigest | undefined, Diagnostic>;
