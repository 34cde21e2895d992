import { isUtf8 } from "node:buffer";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { AppliedFile, FileContent } from "../guard/apply/apply-changes.ts";
import type { FileChange } from "../guard/diff/file-change.ts";
import type { TreeChange, TreeEntry } from "../guard/scratch/tree-changes.ts";
import type { TreeGit } from "../guard/scratch/tree-git.ts";
import { blobsOf } from "../workspace/git/blobs.ts";

/** A change as the guard judges it, and with the very bytes that would be applied: what was judged is what comes. */
export interface ChangedFile {
  readonly change: FileChange;
  readonly applied: AppliedFile;
}

/** What cannot be a file's content: another repository. */
const REPOSITORY = "160000";
const LINK = "120000";

/**
 * Reads the contents of what is different in a scratch tree, of both sides, out of the engine's own git. Of more than `most` files none is
 * read: so many are refused whatever is in them.
 */
export function changedFiles(
  git: TreeGit,
  changes: readonly TreeChange[],
  most: number,
): Result<readonly ChangedFile[], Diagnostic> {
  if (changes.length > most)
    return ok(
      changes.map((change) => ({
        change: judgedChange(change, null, null),
        applied: { path: change.path, before: null, after: null },
      })),
    );
  const entries = changes.flatMap(({ before, after }) => [before, after]).filter((entry) => hasContent(entry));
  const blobs = blobsOf(
    (args, options) => git.run(args, options),
    entries.map(({ id }) => id),
  );
  if (!blobs.ok) return blobs;
  const files: ChangedFile[] = [];
  for (const change of changes) {
    const [before, after] = [contentOf(change.before, blobs.value), contentOf(change.after, blobs.value)];
    if (!before.ok) return before;
    if (!after.ok) return after;
    files.push({
      change: judgedChange(change, before.value, after.value),
      applied: { path: change.path, before: before.value, after: after.value },
    });
  }
  return ok(files);
}

function hasContent(entry: TreeEntry | undefined): entry is TreeEntry {
  return entry !== undefined && entry.mode !== REPOSITORY;
}

function contentOf(
  entry: TreeEntry | undefined,
  blobs: ReadonlyMap<string, Buffer>,
): Result<FileContent | null, Diagnostic> {
  if (!hasContent(entry)) return ok(null);
  const bytes = blobs.get(entry.id);
  if (bytes === undefined) return fail(contentMissing(entry.id));
  const kind = entry.mode === LINK ? "link" : "file";
  return ok({ kind, executable: entry.mode === "100755", bytes });
}

function contentMissing(id: string): Diagnostic {
  return errorOf("SYM7562", `a file that an agent changed cannot be judged: git does not have the content ${id}`, {
    hint: "in a partial clone, fetch it first: `git fetch --refetch --no-filter`",
  });
}

function judgedChange(
  { path, before: was, after: is, size, names, target, added }: TreeChange,
  before: FileContent | null,
  after: FileContent | null,
): FileChange {
  const texts = { before: textOf(before), after: textOf(after) };
  return {
    ...{ path, size, names },
    kind: was === undefined ? "added" : is === undefined ? "deleted" : "modified",
    mode: { ...(was === undefined ? {} : { before: was.mode }), ...(is === undefined ? {} : { after: is.mode }) },
    ...(target === undefined ? {} : { target }),
    ...(texts.after === undefined ? {} : { added, after: texts.after }),
    ...(texts.before === undefined ? {} : { before: texts.before }),
  };
}

function textOf(content: FileContent | null): string | undefined {
  if (content?.kind !== "file" || !isUtf8(content.bytes) || content.bytes.includes(0)) return undefined;
  return content.bytes.toString("utf8");
}
