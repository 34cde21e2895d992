import { existsSync, lstatSync, type Stats } from "node:fs";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { absolutePath, ancestors, encodePath, joinRepo, parentOf, type RepoPath } from "../core/path.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { normalisePath } from "../guard/paths/normalise-path.ts";
import { isOwnFile } from "../workspace/git/own-files.ts";

/** The paths of a commit, by what is to be done with them, and what is wrong with the others. */
export interface CheckedPaths {
  /** Of what is there. */
  readonly present: readonly RepoPath[];
  /** Of what is not. */
  readonly absent: readonly RepoPath[];
  readonly problems: readonly Diagnostic[];
}

/** Looks at each path as a place in the work tree, and at nothing that stands in it. */
export function checkPaths(root: string, paths: readonly RepoPath[]): CheckedPaths {
  const [present, absent]: [RepoPath[], RepoPath[]] = [[], []];
  const problems: Diagnostic[] = [];
  for (const path of new Set(paths)) {
    const isThere = look(root, path);
    if (isThere.ok) (isThere.value ? present : absent).push(path);
    else problems.push(isThere.error);
  }
  return { present, absent, problems };
}

function look(root: string, path: RepoPath): Result<boolean, Diagnostic> {
  const normal = normalisePath(path);
  if (!normal.ok) return fail(noFile(path, `it is no path of a file here (${normal.error})`));
  if (typeof encodePath(path) !== "string")
    return fail(noFile(path, "its name is not UTF-8, so that it cannot be looked at"));
  if (normal.value !== path) return fail(noFile(path, `it is not written as git writes it: ${normal.value}`));
  if (/(?:^|\/)\.git(?:\/|$)/i.test(path)) return fail(noFile(path, "it is git's own"));
  if (isOwnFile(path, true)) return fail(noFile(path, "it is Symbiotic's own"));
  const above = ancestors(parentOf(path)).filter((folder) => folder !== ".");
  for (const folder of above) {
    if (statOf(root, folder)?.isSymbolicLink() === true) return fail(noFile(path, `${folder} is a link`));
    if (isRepository(root, folder)) return fail(submoduleError(path, folder));
  }
  return lookAt(root, path, statOf(root, path));
}

function lookAt(root: string, path: RepoPath, stat: Stats | undefined): Result<boolean, Diagnostic> {
  if (stat === undefined) return ok(false);
  if (stat.isFile() || stat.isSymbolicLink()) return ok(true);
  if (!stat.isDirectory()) return fail(noFile(path, "it is neither a file nor a link"));
  // Of a file in whose place there is a folder now, only that it is gone can be committed.
  return isRepository(root, path) ? fail(submoduleError(path, path)) : ok(false);
}

function statOf(root: string, path: RepoPath): Stats | undefined {
  try {
    return lstatSync(absolutePath(root, path), { throwIfNoEntry: false });
  } catch {
    // A file stands where the path has a folder.
    return undefined;
  }
}

function isRepository(root: string, folder: RepoPath): boolean {
  return existsSync(absolutePath(root, joinRepo(folder, ".git")));
}

function noFile(path: RepoPath, why: string): Diagnostic {
  return errorOf("SYM7304", `${path} cannot be committed: ${why}`, {
    location: { file: path },
    hint: "name each file by its path from the root of the work tree",
  });
}

/** That a path is a submodule, or lies in one. */
export function submoduleError(path: RepoPath, submodule: RepoPath = path): Diagnostic {
  const what = path === submodule ? "it is a submodule" : `it lies in the submodule ${submodule}`;
  return errorOf("SYM7306", `${path} cannot be committed: ${what}`, {
    location: { file: path },
    hint: "commit in the submodule, and which of its commits is used by yourself",
  });
}
