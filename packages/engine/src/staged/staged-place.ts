import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, isAbsolute, join, relative, sep } from "node:path";
import type { Repository } from "../workspace/git/repository.ts";

/** Folders in which what is staged in one work tree, its base, or a copy of it is checked out. Absolute; kept for the next time. */
export interface StagedPlace {
  readonly folder: string;
  /** The files as they will be committed, or as they were; its name is that of the work tree's folder. */
  readonly tree: string;
  /** The git directory of `tree`. */
  readonly gitDirectory: string;
  /** The copy of the index. */
  readonly index: string;
  /** Environments that lie outside the work tree and import from it, as they are for `tree`. */
  readonly environments: string;
  readonly locks: string;
}

/** Where a user's caches may lie. */
export interface UserFolders {
  readonly home: string;
  /** The system's folder for temporary files. */
  readonly temporary: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The folders for a work tree. They lie outside it: tools look for their settings in the folders above, and must not find
 * those of the work tree. Throws what the file system throws.
 */
export function stagedPlace(
  { root, gitDir }: Pick<Repository, "root" | "gitDir">,
  user: UserFolders,
  what: "staged" | "base" | "judged" = "staged",
): StagedPlace {
  const all = join(userCache(root, user), "symbiotic", what);
  const name = createHash("sha256").update(`${root}\0${gitDir}`).digest("hex").slice(0, 16);
  const folder = join(all, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, OWNER), root);
  removeOrphans(all);
  return {
    folder,
    tree: join(folder, basename(root) || "root"),
    gitDirectory: join(folder, ".git-directory"),
    index: join(folder, ".index"),
    environments: join(folder, ".environments"),
    locks: join(folder, ".locks"),
  };
}

const OWNER = ".work-tree";

/** A folder of the user's for caches that does not lie in the work tree; absolute. */
export function userCache(root: string, { home, temporary, environment }: UserFolders): string {
  const { XDG_CACHE_HOME: xdg = "", LOCALAPPDATA: local = "" } = environment;
  const usual = process.platform === "darwin" ? join(home, "Library", "Caches") : join(home, ".cache");
  const candidates = [xdg, process.platform === "win32" ? local : "", usual].filter(isAbsolute);
  return candidates.find((folder) => !isWithin(root, folder)) ?? temporary;
}

function isWithin(root: string, folder: string): boolean {
  const way = relative(root, folder);
  return way === "" || !(way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/** Work trees that are gone leave nothing behind. */
function removeOrphans(all: string): void {
  for (const name of readdirSync(all)) {
    const owner = join(all, name, OWNER);
    const root = existsSync(owner) ? readFileSync(owner, "utf8") : undefined;
    if (root !== undefined && statSync(root, { throwIfNoEntry: false }) === undefined)
      rmSync(join(all, name), { recursive: true, force: true });
  }
}
