import { lstatSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RepoPath } from "../../core/path.ts";

/** What the files of a tree were at one moment: enough to see that one changed, and the bytes of those that may. */
export interface TreeContents {
  readonly marks: ReadonlyMap<RepoPath, string>;
  readonly bytes: ReadonlyMap<RepoPath, Buffer>;
}

/** A file that was there before and after, with other bytes. */
export interface EditedFile {
  readonly path: RepoPath;
  readonly before: Buffer;
  readonly after: Buffer;
}

/** What is different in a tree. */
export interface TreeChange {
  readonly edited: readonly EditedFile[];
  /** Files that came, went, changed their mode or kind, or whose bytes before are not known. */
  readonly others: readonly RepoPath[];
}

/** Looks at the files of a tree; `mayChange` says of which the bytes are kept. */
export function treeContents(
  root: string,
  paths: readonly RepoPath[],
  mayChange: (path: RepoPath) => boolean,
): TreeContents {
  const marks = new Map<RepoPath, string>();
  const bytes = new Map<RepoPath, Buffer>();
  for (const path of paths) {
    const mark = markOf(root, path);
    if (mark === undefined) continue;
    marks.set(path, mark);
    if (mark.startsWith("file") && mayChange(path)) bytes.set(path, readFileSync(join(root, path)));
  }
  return { marks, bytes };
}

/** What changed since; `paths` are those that are there now. */
export function changeSince(root: string, { marks, bytes }: TreeContents, paths: readonly RepoPath[]): TreeChange {
  const edited: EditedFile[] = [];
  const others: RepoPath[] = [];
  for (const path of new Set([...marks.keys(), ...paths])) {
    const [mark, now] = [marks.get(path), markOf(root, path)];
    if (mark === now) continue;
    const before = bytes.get(path);
    if (before === undefined || now === undefined || kindOf(mark) !== kindOf(now)) others.push(path);
    else {
      const after = readFileSync(join(root, path));
      if (!after.equals(before)) edited.push({ path, before, after });
    }
  }
  return { edited, others };
}

/** Puts bytes back where they were. */
export function putBack(root: string, path: RepoPath, bytes: Buffer): void {
  writeFileSync(join(root, path), bytes);
}

/** Kind and mode, then what changes with each write; undefined where nothing is. */
function markOf(root: string, path: RepoPath): string | undefined {
  const stat = lstatSync(join(root, path), { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  const kind = stat.isFile() ? "file" : stat.isSymbolicLink() ? "link" : "other";
  const when = [stat.size, stat.mtimeNs, stat.ctimeNs, stat.ino].map(String).join(" ");
  return `${kind}:${String(stat.mode)}:${when}`;
}

/** A tool that writes a file anew may give it another number, but neither another mode nor another kind. */
function kindOf(mark: string | undefined): string | undefined {
  return mark?.split(":").slice(0, 2).join(":");
}
