import type { RepoPath } from "../../core/path.ts";
import type { Weakening } from "./changed-text.ts";

/** Files that a change hides from tools, which pass over what git ignores. */
export interface HiddenFiles {
  /** The ignore file that the change touches. */
  readonly by: RepoPath;
  readonly files: readonly RepoPath[];
}

/** So many are named. */
const NAMED = 3;

/** The same, as a sign. */
export function hiddenSign({ by, files }: HiddenFiles): Weakening {
  const more = files.length > NAMED ? `, and ${String(files.length - NAMED)} more` : "";
  const named = `${files.slice(0, NAMED).join(", ")}${more}`;
  return {
    rule: "hidden-file",
    message: `tools that pass over ignored files do not look at what is committed any more: ${named}`,
    file: by,
  };
}
