import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import { pathBytes, type RepoPath } from "../core/path.ts";
import { ok, type Result } from "../core/result.ts";
import { emptyTree } from "../workspace/git/ancestor.ts";
import { outputOf } from "../workspace/git/git.ts";
import type { Repository } from "../workspace/git/repository.ts";
import { writeGitDirectory } from "../workspace/git/staged-git-directory.ts";

/** An index of our own, in which a commit is put together; the user's is not touched. */
export interface Stage {
  readonly repository: Repository;
  /** Its git directory, absolute, for this user alone. */
  readonly folder: string;
  /** Where new objects go, absolute; to those of the repository where it is not said. */
  readonly objects?: string;
}

/** What is staged in it. */
export interface StagedPaths {
  readonly present: readonly RepoPath[];
  readonly absent: readonly RepoPath[];
}

/** The tree that HEAD has once these paths are as they are in the work tree, with the filters that `git add` has. */
export function stagePaths(stage: Stage, { present, absent }: StagedPaths): Result<string, Diagnostic> {
  const { repository, folder, objects } = stage;
  writeGitDirectory(folder, repository);
  if (objects !== undefined) makeObjects(objects, repository);
  const steps: readonly (readonly [args: readonly string[], paths?: readonly RepoPath[]])[] = [
    [["read-tree", ...(repository.head === null ? ["--empty"] : [repository.head])]],
    [["update-index", "--force-remove", "-z", "--stdin"], absent],
    [["update-index", "--add", "-z", "--stdin"], present],
  ];
  for (const [args, paths] of steps) {
    const done = inStage(stage, args, paths);
    if (!done.ok) return done;
  }
  return stagedTree(stage);
}

/** The tree of what is staged now. */
export function stagedTree(stage: Stage): Result<string, Diagnostic> {
  // In a partial clone what is not here is as it was.
  const written = inStage(stage, ["write-tree", "--missing-ok"]);
  return written.ok ? ok(written.value.toString("latin1").trim()) : written;
}

/** The tree that a commit is compared with. */
export function treeBefore(repository: Repository): Result<string, Diagnostic> {
  return repository.head === null ? emptyTree(repository) : ok(`${repository.head}^{tree}`);
}

/** What git printed, asked of the stage's index and objects. */
export function inStage(
  { repository, folder, objects }: Stage,
  args: readonly string[],
  paths: readonly RepoPath[] = [],
): Result<Buffer, Diagnostic> {
  const own = [`--git-dir=${folder}`, `--work-tree=${repository.root}`, ...args];
  const variables = objects === undefined ? {} : { GIT_OBJECT_DIRECTORY: objects };
  return outputOf(args, repository.git(own, { input: nulSeparated(paths), variables }));
}

/** Paths as git reads them, each ended by NUL. */
export function nulSeparated(paths: readonly RepoPath[]): Buffer {
  return Buffer.concat(paths.flatMap((path) => [pathBytes(path), Buffer.of(0)]));
}

function makeObjects(folder: string, { commonDir }: Repository): void {
  mkdirSync(join(folder, "info"), { recursive: true });
  writeFileSync(join(folder, "info", "alternates"), `${join(commonDir, "objects")}\n`);
}
