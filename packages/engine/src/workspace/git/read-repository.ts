import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { plainConfig } from "./plain-config.ts";

/** Where a work tree and its git lie, and what is checked out. Paths are absolute, with the system's own separators. */
export interface RepositoryFacts {
  /** The root of the work tree, symbolic links resolved. */
  readonly root: string;
  /** The git directory of this work tree; of its own in a linked one. */
  readonly gitDir: string;
  /** The git directory that all work trees of the repository share. */
  readonly commonDir: string;
  /** The commit checked out; null before the first one. */
  readonly head: string | null;
  /** The branch checked out, `main`; null when HEAD is detached. */
  readonly branch: string | null;
  /** That history was cut off when it was fetched. */
  readonly shallow: boolean;
}

/**
 * What git would tell of the repository around a folder, read without starting it, which takes longer than all the rest. Undefined for every form
 * but the plainest, and for what is wrong: git is asked then.
 */
export function readRepository(cwd: string): RepositoryFacts | undefined {
  try {
    const root = findRoot(cwd);
    const gitDir = root === undefined ? undefined : join(root, ".git");
    if (root === undefined || gitDir === undefined || !isPlain(gitDir)) return undefined;
    const checkedOut = readHead(gitDir);
    return checkedOut && { root, gitDir, commonDir: gitDir, ...checkedOut, shallow: false };
  } catch {
    return undefined;
  }
}

/** The nearest folder with a git directory in it; both must be this user's, or git may refuse them. */
function findRoot(cwd: string): string | undefined {
  const user = process.getuid?.();
  const begin = realpathSync.native(cwd);
  const device = statSync(begin).dev;
  for (let folder = begin; ; folder = dirname(folder)) {
    const above = statSync(folder);
    const git = lstatSync(join(folder, ".git"), { throwIfNoEntry: false });
    // Git does not look into another file system, and takes a folder with a HEAD for a repository itself.
    if (above.dev !== device || (git === undefined && existsSync(join(folder, "HEAD")))) return undefined;
    if (git === undefined && folder === dirname(folder)) return undefined;
    if (git === undefined) continue;
    const isOwn = git.uid === user && above.uid === user && git.dev === device;
    return git.isDirectory() && isOwn && isText(folder) ? folder : undefined;
  }
}

function isText(path: string): boolean {
  return path.isWellFormed() && !/[\n\r\ufffd]/.test(path);
}

function isPlain(gitDir: string): boolean {
  const config = plainConfig(gitDir);
  const isKnown =
    config !== undefined && !/\bworktree\b|\bbare\b(?!\s*=\s*false\s*$)/im.test(config) && isOfFirstFormat(config);
  const has = (name: string): boolean => statSync(join(gitDir, name), { throwIfNoEntry: false }) !== undefined;
  return isKnown && has("objects") && has("refs") && !has("shallow") && !has("commondir");
}

function isOfFirstFormat(config: string): boolean {
  return !/\brepositoryformatversion\b(?!\s*=\s*0\s*$)/im.test(config);
}

function readHead(gitDir: string): Pick<RepositoryFacts, "head" | "branch"> | undefined {
  const text = readPlain(join(gitDir, "HEAD")) ?? "";
  const detached = COMMIT.exec(text)?.[1];
  if (detached !== undefined) return { head: detached, branch: null };
  const branch = /^ref: refs\/heads\/([!-~]+)\n$/.exec(text)?.[1];
  if (branch === undefined || branch.includes("..")) return undefined;
  const loose = readPlain(join(gitDir, "refs/heads", branch));
  const head = loose === undefined ? packed(gitDir, branch) : COMMIT.exec(loose)?.[1];
  return head === undefined ? undefined : { head, branch };
}

const COMMIT = /^([0-9a-f]{40})\n$/;

/** A branch without a file of its own; one that has no commit yet has neither. */
function packed(gitDir: string, branch: string): string | undefined {
  const text = readPlain(join(gitDir, "packed-refs")) ?? "";
  const at = text.indexOf(` refs/heads/${branch}\n`);
  const line = at < 0 ? "" : text.slice(text.lastIndexOf("\n", at) + 1, at);
  return COMMIT.exec(`${line}\n`)?.[1];
}

/** The text of a file that is none through a link. */
function readPlain(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path, "utf8") : undefined;
}
