import { lstatSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { records } from "../../workspace/git/records.ts";
import type { TreeGit, TreeId } from "./tree-git.ts";

/** What lies at a path: a mode as git writes it (`100644`, `100755`, `120000` for a link, `160000` for a repository) and git's id of its content. */
export interface TreeEntry {
  readonly mode: string;
  readonly id: string;
}

/** A line that is new, from 1. */
export interface AddedLine {
  readonly line: number;
  readonly text: string;
}

/** One path that is not what it was. A rename is a path that went and one that came. */
export interface TreeChange {
  readonly path: RepoPath;
  /** Undefined for what is new. */
  readonly before: TreeEntry | undefined;
  /** Undefined for what is gone. */
  readonly after: TreeEntry | undefined;
  /** Bytes after it. */
  readonly size: number;
  /** How many names its content has: more than one is a hard link, perhaps to a file that is not in the tree. */
  readonly names: number;
  /** Where a link leads. */
  readonly target?: string;
  /** None for what is not text. */
  readonly added: readonly AddedLine[];
}

const ABSENT = "000000";
const PATCH = ["--no-renames", "--no-color", "--no-ext-diff", "--no-textconv", "--unified=0", "--text"];

/**
 * What is different between two snapshots of a tree, sorted by path; of the later one the files still lie there. Of more than `most` paths
 * the lines are not looked at: so many are refused whatever is in them.
 */
export function treeChanges(
  git: Pick<TreeGit, "run">,
  tree: string,
  { before, after, most }: { readonly before: TreeId; readonly after: TreeId; readonly most: number },
): Result<readonly TreeChange[], Diagnostic> {
  const raw = git.run(["diff-tree", "-r", "-z", "--raw", "--no-renames", "--full-index", before, after]);
  if (!raw.ok) return raw;
  const parts = records(raw.value);
  const entries = Array.from({ length: Math.floor(parts.length / 2) }, (_, at) => entryOf(parts, 2 * at));
  const added =
    entries.length > most ? ok(new Map<RepoPath, readonly AddedLine[]>()) : addedLines(git, entries, [before, after]);
  if (!added.ok) return added;
  return ok(
    entries.map(({ path, was, is }) => ({
      ...{ path, before: was, after: is, added: is === undefined ? [] : (added.value.get(path) ?? []) },
      ...lookAt(tree, path, is),
    })),
  );
}

/** A path that is different, and what git has of it on both sides. */
interface RawEntry {
  readonly path: RepoPath;
  readonly was: TreeEntry | undefined;
  readonly is: TreeEntry | undefined;
}

function entryOf(parts: readonly string[], at: number): RawEntry {
  const [entry = "", path = ""] = parts.slice(at, at + 2);
  const [beforeMode = "", afterMode = "", beforeId = "", afterId = ""] = entry.slice(1).split(" ");
  return {
    path,
    was: beforeMode === ABSENT ? undefined : { mode: beforeMode, id: beforeId },
    is: afterMode === ABSENT ? undefined : { mode: afterMode, id: afterId },
  };
}

function lookAt(
  tree: string,
  path: RepoPath,
  entry: TreeEntry | undefined,
): Pick<TreeChange, "size" | "names" | "target"> {
  const place = join(tree, path);
  const stat = entry === undefined ? undefined : lstatSync(place, { throwIfNoEntry: false });
  if (stat === undefined) return { size: 0, names: 0 };
  if (stat.isSymbolicLink()) return { size: stat.size, names: 1, target: readlinkSync(place) };
  return { size: stat.size, names: stat.isFile() ? stat.nlink : 1 };
}

/** So many files are asked for at once: one process each would take seconds, and the lines of all may be more than fits. */
const AT_ONCE = 100;

/** The lines of each file that are new, by its path; a file that git takes for binary has lines too, as it is asked to. */
function addedLines(
  git: Pick<TreeGit, "run">,
  entries: readonly RawEntry[],
  trees: readonly [TreeId, TreeId],
): Result<ReadonlyMap<RepoPath, readonly AddedLine[]>, Diagnostic> {
  const there = entries.filter(({ is }) => is !== undefined);
  const added = new Map<RepoPath, readonly AddedLine[]>();
  for (let from = 0; from < there.length; from += AT_ONCE) {
    const some = there.slice(from, from + AT_ONCE);
    const paths = some.map(({ path }) => path);
    // A folder that became a file is asked for by the name of both: what went has no line that is new.
    const args = ["diff-tree", "-r", "-p", "--diff-filter=d", ...PATCH, ...trees, "--", ...paths];
    const patch = git.run(["--literal-pathspecs", ...args]);
    if (!patch.ok) return patch;
    const lines = linesOfParts(patch.value.toString("utf8").split("\n"));
    // The parts come in the order of the entries, and a file that became another kind of thing has two.
    const owners = some.flatMap((entry) => (isOtherKind(entry) ? [entry.path, entry.path] : [entry.path]));
    if (lines.length !== owners.length) return fail(unread(lines.length, owners.length));
    for (const [at, path] of owners.entries()) added.set(path, [...(added.get(path) ?? []), ...(lines[at] ?? [])]);
  }
  return ok(added);
}

/** The new lines of each part of a patch without context. */
function linesOfParts(lines: readonly string[]): readonly (readonly AddedLine[])[] {
  const parts: AddedLine[][] = [];
  let line = 0;
  let isInHunk = false;
  for (const text of lines) {
    const hunk = /^@@ -\S+ \+(\d+)/.exec(text);
    if (text.startsWith("diff --git ")) {
      parts.push([]);
      isInHunk = false;
    } else if (hunk !== null) [line, isInHunk] = [Number(hunk[1]), true];
    else if (isInHunk && text.startsWith("+")) {
      parts.at(-1)?.push({ line, text: text.slice(1) });
      line += 1;
    }
  }
  return parts;
}

/** A file that became a link, or a repository, is told as one that went and one that came. The first digits of a mode are the kind. */
function isOtherKind({ was, is }: RawEntry): boolean {
  return was !== undefined && is !== undefined && was.mode.slice(0, 3) !== is.mode.slice(0, 3);
}

/** What cannot be told apart must not pass unread. */
function unread(found: number, wanted: number): Diagnostic {
  return errorOf(
    "SYM7563",
    `the lines of a change cannot be told: git gives ${String(found)} parts for ${String(wanted)}`,
    {
      hint: "report it with the version of git",
    },
  );
}
