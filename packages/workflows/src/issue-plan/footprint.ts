import type { RepoPath } from "@symbiotic-build/engine";
import type { Issue } from "../issues/issue.ts";
import type { Place, Placed } from "../issues/text/place.ts";
import type { FileSet } from "./meet/file-set.ts";
import type { Pattern } from "./meet/globs-meet.ts";

/** What an issue is likely to touch, each with the place of its document that says so. */
export interface Footprint {
  readonly issue: Issue;
  /** The globs of its file scope. */
  readonly scope: readonly Placed<string>[];
  /** The same, taken apart. */
  readonly patterns: readonly Pattern[];
  /** The files that are there and that its scope means. */
  readonly files: FileSet;
  /** Paths outside of its scope that its text names, and files that define what its text names. */
  readonly mentions: ReadonlyMap<RepoPath, Place>;
  /** Names and endpoints that the code has, or that some issue makes. */
  readonly names: ReadonlyMap<string, Place>;
  /** Those of them that are not in the code, and that this issue makes. */
  readonly makes: ReadonlyMap<string, Place>;
  /** Schemas that it writes by its scope. */
  readonly schemas: ReadonlyMap<string, Place>;
  /** Whatever has the same key touches the same. */
  readonly key: string;
}
