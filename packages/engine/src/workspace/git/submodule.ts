import { lstatSync } from "node:fs";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { encodePath, joinRepo, type RepoPath } from "../../core/path.ts";
import type { Result } from "../../core/result.ts";
import { ok } from "../../core/result.ts";
import { runGit, type Environment } from "./git.ts";
import { listWorkTree } from "./list-files.ts";

/** What lies in a submodule's work tree, relative to the root of the repository that holds it. */
export interface SubmoduleTree {
  readonly files: readonly RepoPath[];
  /** Its own submodules. */
  readonly submodules: readonly RepoPath[];
}

/** Lists what is checked out of the submodule at `path`; undefined where nothing is. */
export function listSubmodule(
  root: string,
  env: Environment,
  path: RepoPath,
): Result<SubmoduleTree | undefined, Diagnostic> {
  const own = encodePath(`${root}/${path}/.git`);
  // Without it git would answer for the repository around.
  if (lstatSync(own, { throwIfNoEntry: false }) === undefined) return ok(undefined);
  const folder = `${root}/${path}`;
  const tree = listWorkTree({ root: folder, git: (args, options) => runGit(folder, env, args, options) });
  if (!tree.ok) return tree;
  const here = (inside: RepoPath): RepoPath => joinRepo(path, inside);
  return ok({ files: tree.value.files.map((file) => here(file.path)), submodules: tree.value.submodules.map(here) });
}
