import { lstatSync } from "node:fs";
import type { Diagnostic } from "../core/diagnostic.ts";
import { absolutePath, type RepoPath } from "../core/path.ts";
import { ok, type Result } from "../core/result.ts";
import { records } from "../workspace/git/records.ts";
import type { GitOfTree } from "./git-of-tree.ts";

/** What `git status` does not look into. */
export interface HiddenFiles {
  /**
   * Tracked files that git was told not to look at, so that what was changed in them shows nowhere: `--assume-unchanged`, and
   * `--skip-worktree` where the file is there. Those that a sparse check-out leaves out are not there.
   */
  readonly files: readonly RepoPath[];
  /** Submodules that are checked out. */
  readonly submodules: readonly RepoPath[];
}

const SUBMODULE = "160000";

/** Reads the index of a worktree. Throws what the file system throws. */
export function hiddenFiles(git: GitOfTree, root: string): Result<HiddenFiles, Diagnostic> {
  const listed = git(["ls-files", "-v", "--stage", "-z"]);
  if (!listed.ok) return listed;
  const all = records(listed.value).map((line) => {
    const tab = line.indexOf("\t");
    const [tag = "", mode = ""] = line.slice(0, tab).split(" ");
    return { tag, mode, path: line.slice(tab + 1) };
  });
  const isThere = (path: RepoPath): boolean =>
    lstatSync(absolutePath(root, path), { throwIfNoEntry: false }) !== undefined;
  const hidden = all.filter(({ tag, path }) => tag !== tag.toUpperCase() || (tag === "S" && isThere(path)));
  const submodules = all.filter(({ mode, path }) => mode === SUBMODULE && isThere(`${path}/.git`));
  return ok({ files: hidden.map(({ path }) => path), submodules: submodules.map(({ path }) => path) });
}
