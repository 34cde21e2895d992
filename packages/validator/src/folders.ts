import { isInside, type Project, type RepoPath } from "@symbiotic-build/engine";

/** Folders inside of a project that are not its own, sorted as found: other projects, and environments with all that is installed in them. */
export function foreignFolders({ root, nested, environments }: Project): readonly RepoPath[] {
  const installed = environments.flatMap((each) => (each.kind === "directory" ? [each.path] : []));
  return [...nested, ...installed].filter((folder) => folder !== root && isInside(root, folder));
}

/** A path of the repository as it is written in one of its folders: `../mypy.ini`. */
export function seenFrom(folder: RepoPath, path: RepoPath): string {
  const [from, to] = [segmentsOf(folder), segmentsOf(path)];
  let common = 0;
  while (common < from.length && from[common] === to[common]) common += 1;
  return [...from.slice(common).map(() => ".."), ...to.slice(common)].join("/") || ".";
}

function segmentsOf(path: RepoPath): readonly string[] {
  return path === "." ? [] : path.split("/");
}
