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
export function pythonEnvironments({ roots: { from }, ignoredFolders }: Scratch): readonly RepoPath[] {
  return ignoredFolders.filter((path) => existsSync(join(from, path, "pyvenv.cfg")));
}

/** Folders of Node packages among it. */
export function packageFolders({ ignoredFolders }: Scratch): readonly RepoPath[] {
  return ignoredFolders.filter((path) => basename(path) === "node_modules");
}

/**
 * Copies into a scratch tree what is installed for the user's: for where no sandbox shows it. What is imported from the user's sources there
 * comes from the scratch tree's. Gives the variables with which it is found. Throws what the file system throws.
 */
export function copyInstalled(scratch: Scratch, move: MoveEnvironments): Variables {
  const { roots, folder } = scratch;
  const directories = pythonEnvironments(scratch);
  const variables = move(roots, { folder: join(folder, "environments"), directories });
  linkNodeModules(scratch.paths, roots);
  for (const path of [...directories, ...packageFolders(scratch)])
    if (existsSync(join(roots.to, path))) ownCopies(join(roots.to, path), roots.from);
  return variables;
}
