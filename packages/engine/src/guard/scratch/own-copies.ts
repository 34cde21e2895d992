import { constants, cpSync, lstatSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";

/**
 * Replaces links in a folder that lead into the user's tree by copies of what is there, so that nothing that is written through the folder
 * reaches it. Files are cloned where the file system can. Throws what the file system throws.
 */
export function ownCopies(folder: string, userRoot: string): void {
  for (const name of readdirSync(folder)) {
    const place = join(folder, name);
    const stat = lstatSync(place);
    if (stat.isDirectory()) ownCopies(place, userRoot);
    if (!stat.isSymbolicLink()) continue;
    const real = realOf(place);
    if (real === undefined || !isWithin(userRoot, real)) continue;
    rmSync(place);
    cpSync(real, place, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
  }
}

function realOf(place: string): string | undefined {
  try {
    return realpathSync(place);
  } catch {
    return undefined;
  }
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
