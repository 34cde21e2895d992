import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { ok, type Result } from "../../core/result.ts";
import { outputOf, runGit, type Environment } from "../../workspace/git/git.ts";
import type { Repository } from "../../workspace/git/repository.ts";

/** The name of the branch that an agent sees. */
const BRANCH = "refs/heads/work";

/**
 * Gives a tree a git directory that is nobody else's: no remote, no hook, no setting and no branch of the user's is in it, only the
 * commit that is checked out. Its objects are read from `objects`, which is never written: what is committed there stays there.
 */
export function makeOwnGit(
  tree: string,
  {
    repository: { head, commonDir },
    objects,
    environment,
  }: {
    readonly repository: Pick<Repository, "head" | "commonDir">;
    readonly objects: string;
    readonly environment: Environment;
  },
): Result<void, Diagnostic> {
  const init = ["init", "--quiet", "--template=", objectFormat(head), "--initial-branch=work", tree];
  const made = outputOf(init, runGit(tree, environment, init));
  if (!made.ok) return made;
  const info = join(tree, ".git", "objects", "info");
  mkdirSync(info, { recursive: true });
  writeFileSync(join(info, "alternates"), `${objects}\n`);
  if (head === null) return ok(undefined);
  const cut = join(commonDir, "shallow");
  if (existsSync(cut)) copyFileSync(cut, join(tree, ".git", "shallow"));
  for (const args of [
    ["update-ref", BRANCH, head],
    ["read-tree", head],
  ]) {
    const done = outputOf(args, runGit(tree, environment, args));
    if (!done.ok) return done;
  }
  return ok(undefined);
}

/** The argument for a repository whose ids are made like this one. */
export function objectFormat(id: string | null): string {
  return `--object-format=${id?.length === 64 ? "sha256" : "sha1"}`;
}
