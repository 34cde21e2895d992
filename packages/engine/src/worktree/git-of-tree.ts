import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import { outputOf, runGit, type Environment, type GitAnswer, type GitOptions } from "../workspace/git/git.ts";
import { withoutLocalFilters } from "../workspace/git/local-filters.ts";

/** Where the files of a worktree lie, and what git keeps of it. Absolute. */
export interface TreeGitPlace {
  readonly path: string;
  readonly gitDir: string;
}

/** Runs git in a worktree; any exit code but 0 is an error. */
export type GitOfTree = (args: readonly string[], options?: GitOptions) => Result<Buffer, Diagnostic>;

/** Settings of which none may hide a change, or start a program: attributes in the tree say which filter is whose. */
const SETTINGS: NonNullable<GitOptions["config"]> = [
  ["core.untrackedCache", "false"],
  ["core.ignoreStat", "false"],
  ["core.trustctime", "true"],
  ["core.checkStat", "default"],
  ["submodule.recurse", "false"],
  ["log.showSignature", "false"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
];

/**
 * Git in a worktree, found by its git directory: what `.git` in its folder says means nothing to it, so that who writes there cannot
 * lead it elsewhere. It starts no hook, no monitor and no filter of the repository's own configuration.
 */
export function gitOfTree(environment: Environment, { path, gitDir }: TreeGitPlace): Result<GitOfTree, Diagnostic> {
  const own = [`--git-dir=${gitDir}`, `--work-tree=${path}`];
  const git = (args: readonly string[], options?: GitOptions): Result<GitAnswer, Diagnostic> =>
    runGit(path, environment, [...own, ...args], options);
  const filters = withoutLocalFilters({ git });
  if (!filters.ok) return filters;
  const config = [...SETTINGS, ...filters.value];
  return ok((args, options = {}) =>
    outputOf(args, git(args, { ...options, config: [...config, ...(options.config ?? [])] })),
  );
}
