import { existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ancestors, type RepoPath } from "../core/path.ts";
import { countFiles } from "./count-files.ts";
import { createCopier } from "./copier.ts";
import { placeIn } from "./environment-folders.ts";

/** Copies of installed packages, which a task may write to. They are made once; what a task wrote is there for the next. */
export interface InstalledCopies {
  /** Whether a folder of packages is copied; false where it is too large. */
  has(folder: RepoPath): boolean;
  /** Lets the links of a package folder in the tree that lead to the repository's packages lead to the copies. */
  relink(folder: RepoPath): void;
}

/** Folders: the repository, the tree that tasks see, and where copies go. Absolute. `projects`: the roots of all projects. */
export interface CopyPlaces {
  readonly root: string;
  readonly tree: string;
  readonly copies: string;
  readonly projects: readonly RepoPath[];
}

const KEPT_BY_TOOLS = /(?:^|\/)node_modules\/\.(?:cache|vite|vite-temp)$/;
const MOST = { files: 60_000, bytes: 2 * 1024 * 1024 * 1024 };

/** Copies that are made when a package folder is first asked for. Throws what the file system throws. */
export function createInstalledCopies(places: CopyPlaces): InstalledCopies {
  const known = new Map<RepoPath, boolean>();
  const has = (folder: RepoPath): boolean => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const isSmall = countFiles(places.root, folder, MOST) !== undefined;
    if (isSmall) copyInstalled(folder, places);
    known.set(folder, isSmall);
    return isSmall;
  };
  return {
    has,
    relink: (folder) => {
      if (has(folder)) relinkIn(join(places.tree, folder), places);
    },
  };
}

/** Packages that lead to sources of the repository find the tree's. */
function copyInstalled(folder: RepoPath, { root, tree, copies, projects }: CopyPlaces): void {
  createCopier({ from: root, to: copies }, (path) => KEPT_BY_TOOLS.test(path)).copy(folder);
  for (const project of projects) {
    const place = join(copies, project);
    const isThere = existsSync(place) || ancestors(project).some((above) => isLink(join(copies, above)));
    if (isThere) continue;
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(tree, project), place, "junction");
  }
}

function isLink(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function relinkIn(folder: string, places: CopyPlaces): void {
  if (!existsSync(folder)) return;
  for (const each of readdirSync(folder, { withFileTypes: true })) {
    const place = join(folder, each.name);
    if (each.isDirectory() && (each.name.startsWith("@") || basename(place) === ".bin")) relinkIn(place, places);
    if (!each.isSymbolicLink()) continue;
    const way = placeIn(places.root, readlinkSync(place));
    if (way === undefined) continue;
    const target = join(places.copies, way);
    rmSync(place);
    symlinkSync(target, place, existsSync(target) && lstatSync(target).isDirectory() ? "junction" : "file");
  }
}
