import type { Diagnostic } from "../../core/diagnostic.ts";
import { type RepoPath, absolutePath, isInside, parentOf } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { fileMode, statOf } from "../../fingerprint/files/file-stat.ts";
import { outsideOutput } from "../problems.ts";

/**
 * Whether files may be written at all of these paths: inside the repository by their names, not through a link, none
 * below another one, none in `.git`. Nothing on disk is touched.
 */
export function checkOutputPlaces(root: string, paths: readonly RepoPath[]): Result<null, Diagnostic> {
  const files = new Set(paths);
  const folders = new Map<RepoPath, string | undefined>();
  for (const path of paths) {
    const why = outputNameProblem(path) ?? parentProblem(path, files, (folder) => linkProblem(root, folder, folders));
    if (why !== undefined) return fail(outsideOutput(path, why));
  }
  return ok(null);
}

/** What is wrong with an output's path, by its name alone; nothing, for one that may be written. */
export function outputNameProblem(path: RepoPath): string | undefined {
  const segments = path.split("/");
  if (path === "." || segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    return "it is not the path of a file below the root";
  }
  if (path.includes("\0") || (process.platform === "win32" && /[\\:]/.test(path))) return "it is not a path everywhere";
  return segments.some((segment) => segment.toLowerCase() === ".git") ? "it lies in git's own folder" : undefined;
}

function parentProblem(
  path: RepoPath,
  files: ReadonlySet<RepoPath>,
  check: (folder: RepoPath) => string | undefined,
): string | undefined {
  for (let folder = parentOf(path); folder !== "."; folder = parentOf(folder)) {
    if (files.has(folder)) return `${folder.toWellFormed()} is itself an output`;
    const why = check(folder);
    if (why !== undefined) return why;
  }
  return undefined;
}

function linkProblem(root: string, folder: RepoPath, known: Map<RepoPath, string | undefined>): string | undefined {
  if (known.has(folder)) return known.get(folder);
  const why = isLink(root, folder) ? `${folder.toWellFormed()} is a symbolic link` : undefined;
  known.set(folder, why);
  return why;
}

function isLink(root: string, folder: RepoPath): boolean {
  const stat = statOf(absolutePath(root, folder));
  return stat !== undefined && fileMode(stat) === "120000";
}

/** Those of the paths that lie in none of the others. */
export function outermost(paths: readonly RepoPath[]): readonly RepoPath[] {
  return paths.filter((path) => !paths.some((other) => other !== path && isInside(other, path)));
}

/** Whether `path` lies in one of these folders or is one of them. */
export function isOwned(owned: readonly RepoPath[], path: RepoPath): boolean {
  return owned.some((folder) => isInside(folder, path));
}
