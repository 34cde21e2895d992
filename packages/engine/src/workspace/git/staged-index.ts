import { copyFileSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync, utimesSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { emptyTree } from "./ancestor.ts";
import { joinSteps } from "./change-steps.ts";
import type { Changes } from "./changes.ts";
import type { Environment } from "./git.ts";
import { committedStep } from "./read-steps.ts";
import { records } from "./records.ts";
import { gitOutput, type Repository } from "./repository.ts";
import { writeGitDirectory } from "./staged-git-directory.ts";

/** What will be committed. */
export interface StagedIndex {
  /** The id of the tree that the commit would have. */
  readonly tree: string;
  /** What differs from HEAD. */
  readonly changes: Changes;
}

/**
 * Reads what will be committed from the index: the one that git handed to the hook that this runs in, which for
 * `git commit <path>` is not the work tree's own. It is read from a copy in the folder `copy`; the index stays as it is.
 */
export function readStagedIndex(
  repository: Repository,
  environment: Environment,
  copy: string,
): Result<StagedIndex, Diagnostic> {
  copyIndex(repository, indexFile(repository, environment), copy);
  writeGitDirectory(copy, repository);
  const own = `--git-dir=${copy}`;
  const unmerged = gitOutput(repository, [own, "ls-files", "--unmerged", "-z"]);
  if (!unmerged.ok) return unmerged;
  const conflicts = new Set(records(unmerged.value).map((line) => line.slice(line.indexOf("\t") + 1)));
  if (conflicts.size > 0) return fail(unmergedError([...conflicts]));
  const written = gitOutput(repository, [own, "write-tree", "--missing-ok"]);
  if (!written.ok) return written;
  const tree = written.value.toString("utf8").trimEnd();
  const changes = stagedChanges(repository, tree);
  return changes.ok ? ok({ tree, changes: changes.value }) : changes;
}

/** A variable that was inherited from a hook of another repository names that one's index. */
function indexFile({ root, gitDir }: Repository, environment: Environment): string {
  const { GIT_DIR: directory, GIT_INDEX_FILE: named } = environment;
  const own = join(gitDir, "index");
  if (named === undefined || named === "") return own;
  const file = resolve(root, named);
  // Git names itself to the hooks of linked work trees only; elsewhere the index's own place has to tell whose it is.
  const places = [dirname(file), ...(directory === undefined || directory === "" ? [] : [resolve(root, directory)])];
  const isForeign = places.map(realOf).some((place) => place !== gitDir && existsSync(join(place, "HEAD")));
  return isForeign || !existsSync(file) ? own : file;
}

function realOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** Copies an index into a folder that is emptied for it. */
export function copyIndex({ gitDir }: Pick<Repository, "gitDir">, file: string, copy: string): void {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  if (!existsSync(file)) return;
  copyIndexFile(file, join(copy, "index"));
  for (const folder of new Set([gitDir, dirname(file)])) copyShared(folder, copy);
}

/** A split index has its larger part in a file beside it. */
export function copyShared(folder: string, copy: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith("sharedindex.")) copyFileSync(join(folder, name), join(copy, name));
}

/**
 * Git compares the time of the index with that of a file to know whether the file may have changed in the moment in which it was
 * looked at. A copy that is newer would say of such a file that it is as it was: the change would be lost to every later git.
 */
export function copyIndexFile(file: string, copy: string): void {
  const { atime, mtimeMs } = statSync(file);
  copyFileSync(file, copy);
  utimesSync(copy, atime, Math.floor(mtimeMs / 1000));
}

function stagedChanges(repository: Repository, tree: string): Result<Changes, Diagnostic> {
  const base = repository.head === null ? emptyTree(repository) : ok(repository.head);
  if (!base.ok) return base;
  const steps = committedStep(repository, base.value, tree);
  if (!steps.ok) return steps;
  const files = joinSteps(steps.value, new Map());
  const origins = new Set(files.flatMap(({ from }) => (from === undefined ? [] : [from])));
  const changedFiles = files.filter(({ path, status }) => !(status === "deleted" && origins.has(path))).length;
  return ok({ comparison: { base: "HEAD", commit: base.value, reason: "staged", changedFiles }, files, upTo: tree });
}

function unmergedError(paths: readonly RepoPath[]): Diagnostic {
  const [first = ""] = paths;
  return errorOf(
    "SYM7020",
    `the index has ${paths.length === 1 ? "a file" : "files"} with conflicts: it cannot be committed as it is`,
    {
      location: { file: first },
      hint: "solve the conflicts, `git add` the files, and try again",
      notes: paths.slice(0, 5),
    },
  );
}
