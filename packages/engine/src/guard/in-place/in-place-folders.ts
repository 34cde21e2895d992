import type { RepoPath } from "../../core/path.ts";

/** Where what is needed to put a tree back lies while an agent works in it, a folder a call, from the repository root. */
export const IN_PLACE = ".symbiotic/in-place";
/** Where what lay in the way of what was put back is kept, a folder a call, from the repository root. */
export const DISPLACED = ".symbiotic/displaced";

/** The folders that hold what was moved away, for people. */
export function displacedIn(moved: readonly RepoPath[]): string {
  const depth = DISPLACED.split("/").length + 1;
  return [...new Set(moved.map((path) => path.split("/").slice(0, depth).join("/")))].join(", ");
}
