import { lstatSync, type Stats } from "node:fs";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { byCodeUnit } from "../../core/json.ts";
import type { RepoPath } from "../../core/path.ts";
import { ancestors, insideAny, pathBytes } from "../../core/path.ts";
import type { Result } from "../../core/result.ts";
import { ok } from "../../core/result.ts";
import type { Environment } from "./git.ts";
import { askGitAside } from "./git-aside.ts";
import { nameCase } from "./name-case.ts";
import { isOwnFile } from "./own-files.ts";
import { records } from "./records.ts";
import type { Repository } from "./repository.ts";
import { gitOutput } from "./repository.ts";

/** A file or symbolic link of the work tree that is tracked, or untracked and not ignored. */
export interface WorkFile {
  readonly path: RepoPath;
  readonly tracked: boolean;
  /** That it is a symbolic link: if tracked, by the index, which may be behind the work tree. */
  readonly isLink: boolean;
}

/** What lies in a work tree. */
export interface WorkTree {
  /** Each once, sorted by code unit. */
  readonly files: readonly WorkFile[];
  /** The folders of submodules, sorted, whether they are checked out or not. */
  readonly submodules: readonly RepoPath[];
}

const LIST = ["ls-files", "-z", "-t", "--stage", "--cached", "--deleted", "--others", "--exclude-standard"];
const SUBMODULE = "160000";
const LINK = "120000";

/**
 * All files of the work tree that belong to the repository, each once, sorted by code unit: tracked ones that still exist
 * and untracked ones that are not ignored. Submodules, nested repositories and the engine's own files are left out.
 */
export function listFiles(repository: ListedRepository): Result<readonly WorkFile[], Diagnostic> {
  const tree = listWorkTree(repository);
  return tree.ok ? ok(tree.value.files) : tree;
}

/** Asks git for the list beside other work, for `listWorkTree`; gives nothing where that fails. */
export function askWorkTree({ root }: Pick<Repository, "root">, environment: Environment): Promise<Buffer | undefined> {
  return askGitAside(root, environment, [...nameCase(root), ...LIST], { isLong: true });
}

/** The files as `listFiles` gives them, and the submodules. `listed`: what git has answered already. */
export function listWorkTree(repository: ListedRepository, listed?: Buffer): Result<WorkTree, Diagnostic> {
  const answer = listed === undefined ? gitOutput(repository, [...nameCase(repository.root), ...LIST]) : ok(listed);
  if (!answer.ok) return answer;
  const found: Found = { tracked: new Set(), untracked: new Set(), links: new Set(), submodules: new Set() };
  for (const line of records(answer.value)) take(repository, line, found);
  dropReplaced(found);
  const files = [...members(found, "tracked"), ...members(found, "untracked")];
  return ok({
    files: files.sort((a, b) => byCodeUnit(a.path, b.path)),
    submodules: [...found.submodules].sort(byCodeUnit),
  });
}

/** What of a repository listing it takes. */
export type ListedRepository = Pick<Repository, "root" | "git">;

interface Found {
  readonly tracked: Set<RepoPath>;
  readonly untracked: Set<RepoPath>;
  readonly links: Set<RepoPath>;
  readonly submodules: Set<RepoPath>;
}

/** Takes a line, `? path` or `H <mode> <id> <stage><tab>path`; a deleted file comes twice, the second time as `R`. */
function take(repository: ListedRepository, line: string, { tracked, untracked, links, submodules }: Found): void {
  const tag = line.charAt(0);
  if (tag === "?") {
    const path = line.slice(2);
    if (path.endsWith("/")) return;
    untracked.add(path);
    if (look(repository, path)?.isSymbolicLink() === true) links.add(path);
    return;
  }
  const path = line.slice(line.indexOf("\t") + 1);
  if (line.startsWith(SUBMODULE, 2)) submodules.add(path);
  else if (tag === "R") {
    if (isGone(repository, path)) tracked.delete(path);
  } else if (tag === "S" && look(repository, path)?.isDirectory() !== false) tracked.delete(path);
  else {
    tracked.add(path);
    if (line.startsWith(LINK, 2)) links.add(path);
  }
}

/** Git takes what it may not look at for deleted. */
function isGone(repository: ListedRepository, path: RepoPath): boolean {
  try {
    return look(repository, path) === undefined;
  } catch {
    return false;
  }
}

/** Git does not look whether an entry that it was told to skip is there, nor what an untracked one is. */
function look(repository: ListedRepository, path: RepoPath): Stats | undefined {
  const place = Buffer.concat([Buffer.from(`${repository.root}/`), pathBytes(path)]);
  return lstatSync(place, { throwIfNoEntry: false });
}

/** Drops tracked files that a folder stands in for now, and those that are reached only through a new symbolic link. */
function dropReplaced({ tracked, untracked }: Found): void {
  if (untracked.size === 0) return;
  for (const path of untracked) for (const folder of ancestors(path)) tracked.delete(folder);
  const isReplaced = insideAny(untracked);
  for (const path of tracked) if (isReplaced(path)) tracked.delete(path);
}

function members({ links, ...found }: Found, kind: "tracked" | "untracked"): WorkFile[] {
  const tracked = kind === "tracked";
  return Array.from(found[kind], (path) => ({ path, tracked, isLink: links.has(path) })).filter(
    ({ path }) => !isOwnFile(path, tracked),
  );
}
