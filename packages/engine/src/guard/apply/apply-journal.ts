import { createHash } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
  type Stats,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { RepoPath } from "../../core/path.ts";
import { makeOwnFolder } from "../../fingerprint/files/own-folder.ts";
import { APPLYING } from "./applying-folder.ts";

/** What lies at a path, as far as applying goes: its kind, whether it can be executed, and its bytes by their digest. */
export const StateSchema: z.ZodType<FileState> = z.strictObject({
  kind: z.enum(["file", "link"]),
  executable: z.boolean(),
  sha256: z.string(),
});

/** `null`: nothing lies there. */
export interface FileState {
  readonly kind: "file" | "link";
  readonly executable: boolean;
  readonly sha256: string;
}

/** One path of a change that is being applied. */
export interface JournaledFile {
  readonly path: RepoPath;
  readonly before: FileState | null;
  readonly after: FileState | null;
}

const JournalSchema: z.ZodType<ApplyJournal> = z.strictObject({
  v: z.literal(1),
  id: z.string(),
  files: z.array(z.strictObject({ path: z.string(), before: StateSchema.nullable(), after: StateSchema.nullable() })),
});

/** A change on its way into the user's tree: written before the first file is touched, gone when the last one is. */
export interface ApplyJournal {
  readonly v: 1;
  readonly id: string;
  readonly files: readonly JournaledFile[];
}

const NAME = "journal.json";

/** Writes it; from then on the change is known to whoever comes after. Throws what the file system throws. */
export function writeJournal(root: string, journal: ApplyJournal): void {
  const folder = join(root, APPLYING, journal.id);
  writeFileSync(join(folder, `${NAME}.new`), JSON.stringify(journal));
  renameSync(join(folder, `${NAME}.new`), join(folder, NAME));
}

/** Makes the folder of a change and gives it: absolute. Throws what the file system throws. */
export function makeJournalFolder(root: string, id: string): string {
  // It is removed with all that is in it: a path would lead there.
  if (!/^[^/\\]+$/.test(id) || id === "." || id === "..") throw new Error(`${id} is no name of a change`);
  makeOwnFolder(root);
  const folder = join(root, APPLYING, id);
  mkdirSync(join(folder, "after"), { recursive: true, mode: 0o700 });
  mkdirSync(join(folder, "before"), { recursive: true, mode: 0o700 });
  return folder;
}

/** The changes that are on their way, `undefined` for one that never began or whose journal cannot be read; by id. */
export function readJournals(root: string): ReadonlyMap<string, ApplyJournal | undefined> {
  return new Map(names(join(root, APPLYING)).map((id) => [id, readJournal(join(root, APPLYING, id, NAME))]));
}

/** Removes what is kept for a change. */
export function removeJournal(root: string, id: string): void {
  // The journal goes first: without it the rest is no change on its way.
  rmSync(join(root, APPLYING, id, NAME), { force: true });
  rmSync(join(root, APPLYING, id), { recursive: true, force: true });
  if (names(join(root, APPLYING)).length === 0) rmSync(join(root, APPLYING), { recursive: true, force: true });
}

/** What lies at a path of a tree now. Throws what the file system throws but for what is not there. */
export function stateAt(root: string, path: RepoPath): FileState | null | "other" {
  const place = join(root, path);
  const stat = lookAt(place);
  if (stat === undefined) return null;
  if (stat.isSymbolicLink()) return stateOf("link", false, Buffer.from(readlinkSync(place)));
  if (!stat.isFile()) return "other";
  return stateOf("file", process.platform !== "win32" && (stat.mode & 0o111) !== 0, readFileSync(place));
}

/** What lies at a place. Below a file there is nothing either. */
export function lookAt(place: string): Stats | undefined {
  try {
    return lstatSync(place, { throwIfNoEntry: false });
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOTDIR") return undefined;
    throw thrown;
  }
}

/** The state of these bytes. */
export function stateOf(kind: FileState["kind"], executable: boolean, bytes: Buffer): FileState {
  return { kind, executable, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Whether two states are one. */
export function isSame(a: FileState | null | "other", b: FileState | null | "other"): boolean {
  if (a === null || b === null || a === "other" || b === "other") return a === b;
  return a.kind === b.kind && a.executable === b.executable && a.sha256 === b.sha256;
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readJournal(file: string): ApplyJournal | undefined {
  try {
    const read = JournalSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
