import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { isInside, type RepoPath } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { lookAtPlace } from "../paths/place-on-disk.ts";
import { APPLYING } from "./applying-folder.ts";
import {
  isSame,
  lookAt,
  makeJournalFolder,
  removeJournal,
  stateAt,
  stateOf,
  writeJournal,
  type JournaledFile,
} from "./apply-journal.ts";
import { lockApplying } from "./lock-applying.ts";

/** What is to lie at a path. `null`: nothing. */
export interface FileContent {
  readonly kind: "file" | "link";
  readonly executable: boolean;
  /** Of a link its target. */
  readonly bytes: Buffer;
}

/** A path that a change is about. */
export interface AppliedFile {
  readonly path: RepoPath;
  readonly before: FileContent | null;
  readonly after: FileContent | null;
}

/** Where a change goes, and under which name it is kept meanwhile. */
export interface Applying {
  /** The user's tree, absolute. */
  readonly root: string;
  /** Unique, a file name. */
  readonly id: string;
  readonly changes: readonly AppliedFile[];
  readonly signal: AbortSignal;
}

/**
 * Applies a change to the user's tree, wholly or not at all: not at all where one of its paths is not what the change was made from. What a
 * process that is killed leaves, `finishApplying` brings to its end.
 */
export async function applyChanges(applying: Applying): Promise<Result<void, Diagnostic>> {
  const { root, changes, signal } = applying;
  if (changes.length === 0) return ok(undefined);
  try {
    const lock = await lockApplying(root, signal);
    try {
      return applyAlone(applying);
    } finally {
      lock.release();
    }
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
    return fail(notApplied(thrown.message, applying.id));
  }
}

function applyAlone({ root, id, changes }: Applying): Result<void, Diagnostic> {
  const files = changes.map(journaled);
  const foreign = files.find((file) => !isAsBefore(root, file, files) || leadsAway(root, file.path));
  if (foreign !== undefined) return fail(changedMeanwhile(foreign.path));
  keep(makeJournalFolder(root, id), changes);
  for (const [at, { path, after }] of changes.entries())
    if (after?.kind === "file") keepRights(join(root, path), join(root, APPLYING, id, "after", String(at)));
  writeJournal(root, { v: 1, id, files });
  finish(root, id, files);
  return ok(undefined);
}

/** Puts what is left of a change in its place, and forgets it. Throws what the file system throws. */
export function finish(root: string, id: string, files: readonly JournaledFile[]): void {
  const folder = join(root, APPLYING, id);
  // What goes first makes room: a folder may stand where a file was.
  const [gone, coming] = [files.filter(({ after }) => after === null), files.filter(({ after }) => after !== null)];
  for (const { path } of gone) remove(root, path);
  for (const { path, after } of coming) {
    if (isSame(stateAt(root, path), after)) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    renameSync(join(folder, "after", nameOf(files, path)), join(root, path));
  }
  removeJournal(root, id);
}

/** Keeps the contents before and after, each under its number. */
function keep(folder: string, changes: readonly AppliedFile[]): void {
  for (const [at, { before, after }] of changes.entries())
    for (const [side, content] of [["before", before] as const, ["after", after] as const])
      if (content !== null) write(join(folder, side, String(at)), content);
}

function write(place: string, { kind, executable, bytes }: FileContent): void {
  rmSync(place, { force: true });
  if (kind === "link") symlinkSync(bytes.toString("utf8"), place);
  else writeFileSync(place, bytes, { mode: executable ? 0o755 : 0o644 });
}

/** Who may read and write a file is not what a change is about. */
function keepRights(user: string, coming: string): void {
  const was = lookAt(user);
  if (was?.isFile() !== true) return;
  const rights = was.mode & 0o666;
  const isProgram = (lstatSync(coming).mode & 0o100) !== 0;
  chmodSync(coming, isProgram ? rights | ((rights & 0o444) >> 2) : rights);
}

/** A folder may stand where a file comes, if what the change knows in it goes. */
function isAsBefore(root: string, { path, before }: JournaledFile, files: readonly JournaledFile[]): boolean {
  const now = stateAt(root, path);
  const isEmptied = files.some((other) => other.after === null && isInside(path, other.path));
  return isSame(now, before) || (now === "other" && before === null && isEmptied);
}

function nameOf(files: readonly JournaledFile[], path: RepoPath): string {
  return String(files.findIndex((file) => file.path === path));
}

function journaled({ path, before, after }: AppliedFile): JournaledFile {
  const state = (content: FileContent | null): JournaledFile["before"] =>
    content === null ? null : stateOf(content.kind, content.executable, content.bytes);
  return { path, before: state(before), after: state(after) };
}

function remove(root: string, path: RepoPath): void {
  rmSync(join(root, path), { force: true });
  // Git knows no empty folders.
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      return;
    }
  }
}

/** Whether a folder on the way to a path is a link: what is written there comes to lie elsewhere. */
export function leadsAway(root: string, path: RepoPath): boolean {
  const looked = lookAtPlace(root, path);
  return !looked.ok && looked.error === "a folder on the way is a link";
}

/** Reads what lies at a path of a tree, for a change; `null` where nothing does. */
export function contentAt(root: string, path: RepoPath): FileContent | null {
  const state = stateAt(root, path);
  if (state === null || state === "other") return null;
  const { kind, executable } = state;
  const place = join(root, path);
  return { kind, executable, bytes: kind === "link" ? Buffer.from(readlinkSync(place)) : readFileSync(place) };
}

function changedMeanwhile(path: RepoPath): Diagnostic {
  return errorOf("SYM5060", `${path} is not what the change was made from: nothing was applied`, {
    location: { file: path },
    hint: "somebody changed it meanwhile; look at the difference that is kept, and run it again",
  });
}

/** What a file system that refuses means for a change that has begun. */
export function notApplied(why: string, id: string): Diagnostic {
  return errorOf("SYM5061", `the change could not be applied: ${why}`, {
    hint: `all contents lie in ${APPLYING}/${id}; when the reason is gone, the next command goes on with it`,
  });
}
