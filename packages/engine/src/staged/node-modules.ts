import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join, relative, sep } from "node:path";
import { isInside, joinRepo, parentOf, type RepoPath } from "../core/path.ts";
import { type Entries, type Entry, putInPlace } from "./put-in-place.ts";

/** Two roots of one repository: where packages are installed, and where files are checked out. */
export interface Roots {
  /** The work tree, absolute. */
  readonly from: string;
  /** The other tree, absolute. */
  readonly to: string;
}

const FOLDER = "node_modules";
/** What tools keep there for themselves: they would write into the user's. */
const OWN = new Set([".cache", ".vite", ".vite-temp"]);

/**
 * Gives each package folder of the other tree the packages that are installed in the work tree. Packages of the repository
 * itself, which are links there, lead to the other tree's own. Throws what the file system throws.
 */
export function linkNodeModules(tracked: readonly RepoPath[], roots: Roots): void {
  const packages = tracked.filter((path) => path === "package.json" || path.endsWith("/package.json"));
  for (const folder of new Set([".", ...packages.map(parentOf)])) {
    const place = joinRepo(folder, FOLDER);
    if (place.split("/").indexOf(FOLDER) !== place.split("/").length - 1) continue;
    const installed = join(roots.from, place);
    if (statSync(installed, { throwIfNoEntry: false })?.isDirectory() !== true) continue;
    if (tracked.some((path) => isInside(place, path))) continue;
    putInPlace(join(roots.to, place), new Map([...entriesOf(installed, roots), [".gitignore", IGNORE_ALL]]));
  }
}

/** Keeps git from seeing the folder, whatever the repository ignores. */
export const IGNORE_ALL: Entry = { kind: "file", content: "*\n", mode: 0o644 };

function entriesOf(folder: string, roots: Roots): Entries {
  const entries = new Map<string, Entry>();
  for (const each of readdirSync(folder, { withFileTypes: true })) {
    const entry = OWN.has(each.name) ? undefined : entryOf(each, folder, roots);
    if (entry !== undefined) entries.set(each.name, entry);
  }
  return entries;
}

function entryOf(each: Dirent, folder: string, roots: Roots): Entry | undefined {
  const place = join(folder, each.name);
  if (each.isSymbolicLink()) return linkEntry(place, roots);
  const isGroup = each.isDirectory() && (each.name.startsWith("@") || each.name === ".bin");
  if (isGroup) return { kind: "folder", entries: entriesOf(place, roots) };
  // Scripts in `.bin` find their programs from where they lie.
  if (each.isFile() && folder.endsWith(`${sep}.bin`)) return { kind: "copy", source: place };
  return { kind: "link", target: place };
}

/** A link into the repository's own sources is one into those of the other tree. */
function linkEntry(place: string, { from, to }: Roots): Entry | undefined {
  let target: string;
  try {
    target = realpathSync.native(place);
  } catch {
    return undefined;
  }
  const way = relative(from, target);
  const isSource = !way.startsWith("..") && !way.split(sep).includes(FOLDER) && way !== "" && !/^[A-Za-z]:/.test(way);
  return { kind: "link", target: isSource ? join(to, way) : place };
}
