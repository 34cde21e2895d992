import { ancestors, joinRepo, parentOf, type RepoPath } from "@symbiotic-build/engine";
import { isOwn, isRequirementsFile } from "./manifest/read-manifests.ts";
import { baseName } from "./paths.ts";

/** Files that pin what is installed, or for which Python, each with the tool that it speaks for, if it is one's own. */
export const LOCKS: readonly { readonly file: string; readonly tag?: string }[] = [
  { file: "uv.lock", tag: "uv" },
  { file: "poetry.lock", tag: "poetry" },
  { file: "pdm.lock", tag: "pdm" },
  { file: "Pipfile.lock", tag: "pipenv" },
  { file: "pylock.toml" },
  { file: "constraints.txt" },
  { file: ".python-version" },
];

/** Gives the locks of the project in a folder, whether they exist or not, nearest first. */
export type LocksOf = (root: RepoPath) => RepoPath[];

/**
 * What governs the environment of a project: lockfiles and the like in its folder and in each above, and the files of
 * requirements there, beside them or in a folder for them.
 */
export function createLocks(manifests: readonly RepoPath[]): LocksOf {
  const requirements = new Map<RepoPath, RepoPath[]>();
  for (const path of manifests) {
    if (!isRequirementsFile(path) || !isOwn(path)) continue;
    const folder = governed(path);
    requirements.set(folder, [...(requirements.get(folder) ?? []), path]);
  }
  const files = LOCKS.map(({ file }) => file);
  return (root) =>
    ancestors(root).flatMap((folder) => [
      ...files.map((file) => joinRepo(folder, file)),
      ...(requirements.get(folder) ?? []),
    ]);
}

/** The folder whose projects a file of requirements is for: its own, or the one that a folder of such files is in. */
function governed(path: RepoPath): RepoPath {
  const folder = parentOf(path);
  return /^(?:requirements|reqs)$/.test(baseName(folder)) ? parentOf(folder) : folder;
}
