import {
  chmodSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { absolutePath, decodePath, type RepoPath } from "../../core/path.ts";
import { makeOwnFolder } from "../../fingerprint/files/own-folder.ts";
import { IN_PLACE } from "./in-place-folders.ts";
import { itemAt, walkTree, type PlaceId } from "./walk-tree.ts";

/** What lay at a path before an agent came. The contents of a file are a copy, by its number in the list. */
export interface SnapshotItem {
  readonly path: RepoPath;
  readonly kind: "file" | "link" | "folder" | "other";
  readonly mode: number;
  readonly id: PlaceId;
  /** Of a link. */
  readonly target?: string | undefined;
  /** Of a file, in milliseconds. */
  readonly modified?: number | undefined;
  /** How many a file has. */
  readonly names?: number | undefined;
}

/** A tree as it was before an agent came, and what of it no agent can reach. */
export interface TreeSnapshot {
  readonly v: 1;
  /** A file name that no other call has. */
  readonly id: string;
  readonly items: readonly SnapshotItem[];
  /** Never looked into and never put back: only where it lies counts. */
  readonly apart: readonly { readonly path: RepoPath; readonly id: PlaceId }[];
}

const text = z.string();
const SnapshotSchema: z.ZodType<TreeSnapshot> = z.strictObject({
  v: z.literal(1),
  id: text,
  items: z.array(
    z.strictObject({
      ...{ path: text, kind: z.enum(["file", "link", "folder", "other"]), mode: z.number(), id: text },
      ...{ target: text.optional(), modified: z.number().optional(), names: z.number().optional() },
    }),
  ),
  apart: z.array(z.strictObject({ path: text, id: text })),
});

const JOURNAL = "snapshot.json";

/**
 * Keeps a tree as it is, but for these paths: a copy of each file, with where it lies, its permissions and links. Once it is there whoever
 * comes after a process that was killed puts the tree back. Throws what the file system throws.
 */
export function takeSnapshot(root: string, id: string, apart: readonly RepoPath[]): TreeSnapshot {
  makeOwnFolder(root);
  const folder = snapshotFolder(root, id);
  mkdirSync(join(folder, "before"), { recursive: true, mode: 0o700 });
  const places = apart.flatMap((path) => {
    const item = itemAt(root, path);
    return item === undefined ? [] : [{ path, id: item.id }];
  });
  const walked = walkTree(root, { known: new Set(places.map((place) => place.id)), opens: false });
  const items = walked.items.map((item, at): SnapshotItem => {
    const { path, kind, mode, id: own, names } = item;
    const place = absolutePath(root, path);
    if (kind === "link") return { path, kind, mode, id: own, target: targetOf(root, path) };
    if (kind !== "file") return { path, kind, mode, id: own };
    const modified = lstatSync(place).mtimeMs;
    const copy = contentOf(root, id, at);
    copyFileSync(place, copy, constants.COPYFILE_FICLONE);
    chmodSync(copy, 0o600);
    return { path, kind, mode, id: own, modified, names };
  });
  const snapshot: TreeSnapshot = { v: 1, id, items, apart: places };
  writeFileSync(join(folder, `${JOURNAL}.new`), JSON.stringify(snapshot), { mode: 0o600, flush: true });
  renameSync(join(folder, `${JOURNAL}.new`), join(folder, JOURNAL));
  return snapshot;
}

/** The folder of what is kept for a call, absolute. */
export function snapshotFolder(root: string, id: string): string {
  return join(root, IN_PLACE, id);
}

/** Where the contents of the file with this number lie, absolute. */
export function contentOf(root: string, id: string, at: number): string {
  return join(snapshotFolder(root, id), "before", String(at));
}

/** Where a link leads. */
export function targetOf(root: string, path: RepoPath): string {
  return decodePath(readlinkSync(absolutePath(root, path), { encoding: "buffer" }));
}

/** The snapshots that are kept, by the id of their call; `undefined` where no agent had come yet, or it cannot be read. */
export function readSnapshots(root: string): ReadonlyMap<string, TreeSnapshot | "unreadable" | undefined> {
  return new Map(namesIn(join(root, IN_PLACE)).map((id) => [id, readSnapshot(join(root, IN_PLACE, id, JOURNAL))]));
}

/** Lets go of it: from then on the tree is what it is. */
export function forgetSnapshot(root: string, id: string): void {
  // The journal goes first: without it the rest means nothing.
  rmSync(join(snapshotFolder(root, id), JOURNAL), { force: true });
  rmSync(snapshotFolder(root, id), { recursive: true, force: true });
  if (namesIn(join(root, IN_PLACE)).length === 0) rmSync(join(root, IN_PLACE), { recursive: true, force: true });
}

function readSnapshot(file: string): TreeSnapshot | "unreadable" | undefined {
  let written: string;
  try {
    written = readFileSync(file, "utf8");
  } catch (thrown) {
    return thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT" ? undefined : "unreadable";
  }
  try {
    const read = SnapshotSchema.safeParse(JSON.parse(written));
    return read.success ? read.data : "unreadable";
  } catch {
    return "unreadable";
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
