import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { Scratch } from "../guard/scratch/scratch.ts";
import { ownCopies } from "../guard/scratch/own-copies.ts";
import type { RepoPath } from "../core/path.ts";
import { linkNodeModules, type Roots } from "../staged/node-modules.ts";
import type { Variables } from "../fingerprint/variables.ts";

/** Gives another tree the environments of the user's tree; the variables with which they are found. */
export type MoveEnvironments = (
  roots: Roots,
  made: { readonly folder: string; readonly directories: readonly RepoPath[] },
) => Variables;

/** The environments of Python among what the user's tree ignores. */
export function pythonEnvironments({
  roots: { from },
  ignoredFolders,
}: Pick<Scratch, "ignoredFolders"> & { readonly roots: Pick<Roots, "from"> }): readonly RepoPath[] {
  return ignoredFolders.filter((path) => existsSync(join(from, path, "pyvenv.cfg")));
}

/** Folders of Node packages among it. */
export function packageFolders({ ignoredFolders }: Scratch): readonly RepoPath[] {
  return ignoredFolders.filter((path) => basename(path) === "node_modules");
}

/**
 * Gives a scratch tree what is installed for the user's, which stays where it is: for where a sandbox lets nobody write there. What is
 * imported from the user's sources there comes from the scratch tree's. Gives the variables with which it is found. Throws what the file
 * system throws.
 */
export function linkInstalled(scratch: Scratch, move: MoveEnvironments): Variables {
  const { roots, folder } = scratch;
  const variables = move(roots, { folder: join(folder, "environments"), directories: pythonEnvironments(scratch) });
  linkNodeModules(scratch.paths, roots);
  return variables;
}

/** The same as copies, for where no sandbox holds what would write there. */
export function copyInstalled(scratch: Scratch, move: MoveEnvironments): Variables {
  const variables = linkInstalled(scratch, move);
  const { from, to } = scratch.roots;
  for (const path of [...pythonEnvironments(scratch), ...packageFolders(scratch)])
    if (existsSync(join(to, path))) ownCopies(join(to, path), from);
  return variables;
}
