import type { RepoPath } from "../../core/path.ts";

/** The folders that a path lies in, without the root. */
export function foldersOf(path: RepoPath): readonly RepoPath[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}
