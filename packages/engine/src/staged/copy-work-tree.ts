import { existsSync, lstatSync, mkdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { ok, type Result } from "../core/result.ts";
import { isOwnFile } from "../workspace/git/own-files.ts";
import { records } from "../workspace/git/records.ts";
import { gitOutput, type Repository } from "../workspace/git/repository.ts";
import { writeGitDirectory } from "../workspace/git/staged-git-directory.ts";
import { copyIndexFile, copyShared } from "../workspace/git/staged-index.ts";
import { copyIgnored, listIgnored, type Ignored } from "./ignored-files.ts";
import { linkNodeModules, type Roots } from "./node-modules.ts";
import { putEntry, type Entry } from "./put-in-place.ts";
import { linkOwn, type Staged } from "./stage.ts";
import type { StagedPlace } from "./staged-place.ts";

const LIST = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"];

/**
 * Copies the work tree as it is, byte for byte, with what is not committed and what is not tracked, and of what git ignores
 * what tasks read. What the copy has already is not copied again. Submodules are left out, and links that lead out of the
 * repository. Throws what the file system throws.
 */
export function copyWorkTree(repository: Repository, place: StagedPlace): Result<Omit<Staged, "changes">, Diagnostic> {
  const roots: Roots = { from: repository.root, to: place.tree };
  const listed = listTree(repository);
  if (!listed.ok) return listed;
  const { ignored } = listed.value;
  copyGitDirectory(repository, place);
  const copied = copyFiles(listed.value, roots, join(place.folder, ".copied"));
  linkNodeModules([...copied], roots);
  linkOwn(roots);
  const there = gitOutput(inCopy(repository, place), LIST);
  if (!there.ok) return there;
  for (const path of records(there.value))
    if (!copied.has(path) && !isOwnFile(path, false)) rmSync(join(place.tree, path), { recursive: true, force: true });
  const environments = ignored.folders.filter((path) => existsSync(join(repository.root, path, "pyvenv.cfg")));
  return ok({ roots, environments, problems: [] });
}

/** What of a work tree is copied: what git tracks or would, and what it ignores. */
export interface ListedTree {
  readonly paths: readonly RepoPath[];
  readonly ignored: Ignored;
}

/** Lists it, without what is the engine's own and without submodules. */
export function listTree(repository: Repository): Result<ListedTree, Diagnostic> {
  const listed = gitOutput(repository, LIST);
  const ignored = listed.ok ? listIgnored(repository) : listed;
  if (!listed.ok) return listed;
  if (!ignored.ok) return ignored;
  const paths = records(listed.value).filter((path) => !path.endsWith("/") && !isOwnFile(path, false));
  return ok({ paths, ignored: ignored.value });
}

/** Copies files as they are, and ignored ones that tasks read; `manifest` is as `copyIgnored` has it. The paths that were there. */
export function copyFiles({ paths, ignored }: ListedTree, roots: Roots, manifest: string): ReadonlySet<RepoPath> {
  const copied = new Set(paths.filter((path) => copyOne(path, roots)));
  copyIgnored(ignored, roots, { tracked: copied, manifest });
  return copied;
}

/** The index goes with it, so that git tells of the copy what it tells of the work tree. */
function copyGitDirectory(repository: Repository, { gitDirectory, tree }: StagedPlace): void {
  const { gitDir } = repository;
  mkdirSync(tree, { recursive: true });
  rmSync(join(gitDirectory, "index"), { force: true });
  rmSync(join(gitDirectory, "index.lock"), { force: true });
  writeGitDirectory(gitDirectory, repository);
  const index = join(gitDir, "index");
  if (existsSync(index)) copyIndexFile(index, join(gitDirectory, "index"));
  copyShared(gitDir, gitDirectory);
  writeFileSync(join(tree, ".git"), `gitdir: ${gitDirectory}\n`);
}

function inCopy({ git }: Repository, { gitDirectory, tree }: StagedPlace): Pick<Repository, "git"> {
  return {
    git: (args, options) => git([`--git-dir=${gitDirectory}`, `--work-tree=${tree}`, "-C", tree, ...args], options),
  };
}

/** Makes one file of the copy what it is in the work tree. Throws what the file system throws. */
export function copyAgain(path: RepoPath, roots: Roots): void {
  rmSync(join(roots.to, path), { recursive: true, force: true });
  copyOne(path, roots);
}

/** Whether there was something to copy: a file that was deleted is in git's list and nowhere else. */
function copyOne(path: RepoPath, { from, to }: Roots): boolean {
  const entry = entryOf(join(from, path), from);
  if (entry === undefined) return false;
  const target = join(to, path);
  makeFolder(dirname(target), to);
  putEntry(target, entry);
  return true;
}

function entryOf(source: string, root: string): Entry | undefined {
  const stat = lstatSync(source, { throwIfNoEntry: false });
  if (stat?.isFile() === true) return { kind: "copy", source };
  if (stat?.isSymbolicLink() !== true) return undefined;
  const target = readlinkSync(source);
  // What a tool writes through a link has to stay in the copy.
  return isAbsolute(target) || !isWithin(root, resolve(dirname(source), target)) ? undefined : { kind: "link", target };
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** A folder may stand where a file was. */
function makeFolder(folder: string, root: string): void {
  if (folder === root || lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  makeFolder(dirname(folder), root);
  rmSync(folder, { force: true });
  mkdirSync(folder, { recursive: true });
}
