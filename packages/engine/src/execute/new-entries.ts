import { parentOf, type RepoPath } from "../core/path.ts";
import { createFolderEntries, type FolderEntries } from "./folder-entries.ts";

/** Something in a folder that was not there when the work tree was listed, or that git does not list. */
export interface NewEntry {
  readonly path: RepoPath;
  /** A folder with more in it than is looked at. */
  readonly isLarge: boolean;
}

/** More than so many entries of a new folder are not looked at one by one. */
const MOST = 1000;
/** Never an input: what git and the engine keep. */
const OWN: ReadonlySet<RepoPath> = new Set([".git", ".symbiotic"]);

/** What looks into one folder for what is not among `files`: new files of it, and all files of new folders. What cannot be read has none. */
export function createNewEntries(
  root: string,
  files: () => readonly RepoPath[],
): (folder: RepoPath) => readonly NewEntry[] {
  let known: ReadonlyMap<RepoPath, ReadonlySet<RepoPath>> | undefined;
  const entriesOf = createFolderEntries(root);
  return (folder) => {
    known ??= childrenOf(files());
    const listed = known.get(folder);
    return entriesOf(folder).flatMap(({ path, isFolder }) => {
      if (listed?.has(path) === true || OWN.has(path)) return [];
      return isFolder ? filesBelow(path, entriesOf) : [{ path, isLarge: false }];
    });
  };
}

/** The paths of what each folder holds, folders among them. */
function childrenOf(files: readonly RepoPath[]): Map<RepoPath, Set<RepoPath>> {
  const children = new Map<RepoPath, Set<RepoPath>>();
  for (const file of files)
    for (let path = file; path !== "."; path = parentOf(path)) {
      const parent = parentOf(path);
      const siblings = children.get(parent);
      if (siblings?.has(path) === true) break;
      if (siblings === undefined) children.set(parent, new Set([path]));
      else siblings.add(path);
    }
  return children;
}

function filesBelow(folder: RepoPath, entriesOf: FolderEntries): NewEntry[] {
  const found: NewEntry[] = [];
  const open = [folder];
  let looked = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const { path, isFolder } of entriesOf(at)) {
      looked += 1;
      if (looked > MOST) return [{ path: folder, isLarge: true }];
      if (isFolder) open.push(path);
      else found.push({ path, isLarge: false });
    }
  return found;
}
