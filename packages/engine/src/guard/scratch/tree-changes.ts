import { lstatSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { ok, type Result } from "../../core/result.ts";
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
  const changes: TreeChange[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [entry = "", path = ""] = parts.slice(at, at + 2);
    const [beforeMode = "", afterMode = "", beforeId = "", afterId = ""] = entry.slice(1).split(" ");
    const was = beforeMode === ABSENT ? undefined : { mode: beforeMode, id: beforeId };
    const is = afterMode === ABSENT ? undefined : { mode: afterMode, id: afterId };
    const added = is === undefined || parts.length > 2 * most ? ok([]) : addedLines(git, path, [before, after]);
    if (!added.ok) return added;
    changes.push({ path, before: was, after: is, ...lookAt(tree, path, is), added: added.value });
  }
  return ok(changes);
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

/** The lines of one file that are new; a file that git takes for binary has lines too, as it is asked to. */
function addedLines(
  git: Pick<TreeGit, "run">,
  path: RepoPath,
  trees: readonly [TreeId, TreeId],
): Result<readonly AddedLine[], Diagnostic> {
  const patch = git.run(["--literal-pathspecs", "diff", ...PATCH, ...trees, "--", path]);
  if (!patch.ok) return patch;
  const lines = patch.value.toString("utf8").split("\n");
  const added: AddedLine[] = [];
  let line = 0;
  let isInHunk = false;
  for (const text of lines) {
    const hunk = /^@@ -\S+ \+(\d+)/.exec(text);
    if (hunk !== null) [line, isInHunk] = [Number(hunk[1]), true];
    else if (isInHunk && text.startsWith("+")) {
      added.push({ line, text: text.slice(1) });
      line += 1;
    }
  }
  return ok(added);
}
