import { lstatSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { ok, type Result } from "../../core/result.ts";
import type { Environment } from "../../workspace/git/git.ts";
import type { Repository } from "../../workspace/git/repository.ts";
import { makeOwnGit } from "../scratch/own-git.ts";

/** What is mounted in the place of the user's `.git`: a git directory that is nobody else's, which a process in the sandbox cannot write. */
export interface InPlaceGit {
  /** A folder where the user's is one; where it is a file, as in a worktree, one that names `directory`. Absolute. */
  readonly mounted: string;
  readonly directory: string;
}

/** Makes it in the folder of the call. Throws what the file system throws. */
export function makeInPlaceGit(
  repository: Repository,
  {
    folder,
    objects,
    environment,
  }: { readonly folder: string; readonly objects: string; readonly environment: Environment },
): Result<InPlaceGit, Diagnostic> {
  const own = join(folder, "own");
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const made = makeOwnGit(own, { repository, objects, environment });
  if (!made.ok) return made;
  const directory = join(own, ".git");
  if (lstatSync(join(repository.root, ".git")).isDirectory()) return ok({ mounted: directory, directory });
  const file = join(folder, "gitfile");
  writeFileSync(file, `gitdir: ${directory}\n`);
  return ok({ mounted: file, directory });
}
