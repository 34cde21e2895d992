import type { RepoPath } from "../../core/path.ts";

/** A file that a change touches, as it was and as it is. */
export interface ChangedText {
  /** Where it is now; where it was, if it is gone. */
  readonly path: RepoPath;
  /** Where it was, if that is another place. */
  readonly from?: RepoPath;
  /** Absent where there was no such file, or its text is not known. */
  readonly before?: string;
  /** Absent where it is gone. */
  readonly after?: string;
}

/** A sign that a change asks less of itself than was asked before. */
export interface Weakening {
  readonly rule: WeakeningRule;
  readonly message: string;
  readonly file: RepoPath;
  /** From 1; absent where it is about the whole file, or about what is no more. */
  readonly line?: number;
}

/** The kinds of such signs. */
export type WeakeningRule =
  | "new-suppression"
  | "skipped-test"
  | "removed-test"
  | "fewer-assertions"
  | "changed-collection"
  | "changed-settings"
  | "hidden-file";
