import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { ok, type Result } from "../../core/result.ts";
import { outputOf, runGit, type Environment } from "./git.ts";
import { records } from "./records.ts";
import { openRepository, type Repository } from "./repository.ts";
import { writeGitDirectory } from "./staged-git-directory.ts";

/** A tree to check out, and where. */
export interface CheckOut {
  /** The repository that has the tree. */
  readonly repository: Repository;
  /** A commit or tree. */
  readonly tree: string;
  /** The folder whose files become those of the tree: absolute, nobody else's. */
  readonly folder: string;
  /** The folder for its git directory, which keeps what was checked out before. */
  readonly gitDirectory: string;
  readonly environment: Environment;
}

/**
 * Makes the tracked files of a folder those of a tree, with the filters and line ends that a check-out has: only what
 * differs from what was checked out before is written. Submodules whose commits are here are checked out as well; gives
 * those that are not.
 */
export function checkOut(wanted: CheckOut): Result<readonly RepoPath[], Diagnostic> {
  const { folder, gitDirectory } = wanted;
  const isLeft = ["index", "index.lock"].some((name) => existsSync(join(gitDirectory, name)));
  const read = readTree(wanted);
  if (read.ok) return checkOutSubmodules(wanted);
  if (!isLeft) return read;
  // What was left from before may be damaged, or that of a git that was killed: all of it can be made again.
  rmSync(gitDirectory, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  return checkOut(wanted);
}

function readTree(wanted: CheckOut): Result<Buffer, Diagnostic> {
  const { repository, tree, folder, gitDirectory } = wanted;
  mkdirSync(folder, { recursive: true });
  writeGitDirectory(gitDirectory, repository);
  writeFileSync(join(folder, ".git"), `gitdir: ${gitDirectory}\n`);
  return inFolder(wanted, ["read-tree", "--reset", "-u", tree]);
}

/** Removes from a folder what is neither tracked nor ignored. */
export function removeUntracked(wanted: CheckOut): Result<void, Diagnostic> {
  const cleaned = inFolder(wanted, ["clean", "-ffdq"]);
  return cleaned.ok ? ok(undefined) : cleaned;
}

function inFolder(
  { folder, gitDirectory, environment }: CheckOut,
  args: readonly string[],
): Result<Buffer, Diagnostic> {
  const own = [`--git-dir=${gitDirectory}`, `--work-tree=${folder}`, ...args];
  return outputOf(args, runGit(folder, environment, own));
}

const SUBMODULE = "160000";

function checkOutSubmodules(wanted: CheckOut): Result<readonly RepoPath[], Diagnostic> {
  const { repository, folder, gitDirectory, environment } = wanted;
  const listed = inFolder(wanted, ["ls-files", "--stage", "-z"]);
  if (!listed.ok) return listed;
  const absent: RepoPath[] = [];
  for (const line of records(listed.value)) {
    if (!line.startsWith(SUBMODULE)) continue;
    const path = line.slice(line.indexOf("\t") + 1);
    const commit = line.split(" ")[1] ?? "";
    const inner = existsSync(join(repository.root, path, ".git"))
      ? openRepository(join(repository.root, path), environment)
      : undefined;
    if (inner?.ok !== true || !hasCommit(inner.value, commit)) {
      absent.push(path);
      continue;
    }
    const done = checkOut({
      repository: { ...inner.value, head: commit },
      tree: commit,
      folder: join(folder, path),
      gitDirectory: join(gitDirectory, "submodules", nameOf(path)),
      environment,
    });
    if (!done.ok) return done;
    absent.push(...done.value.map((each) => `${path}/${each}`));
  }
  return ok(absent);
}

function hasCommit({ git }: Repository, commit: string): boolean {
  const answer = git(["cat-file", "-e", `${commit}^{commit}`]);
  return answer.ok && answer.value.exitCode === 0;
}

function nameOf(path: RepoPath): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 16);
}
