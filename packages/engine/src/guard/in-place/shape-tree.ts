import {
  chmodSync,
  copyFileSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { absolutePath, encodePath, foldersOf, type RepoPath } from "../../core/path.ts";
import { DISPLACED } from "./in-place-folders.ts";
import { snapshotFolder, targetOf, type TreeSnapshot } from "./tree-snapshot.ts";
import { itemAt, walkTree, type PlaceId, type TreeItem } from "./walk-tree.ts";

/** What is to lie at a path. */
export type Wanted =
  /** Made where it is not there and has to be; permissions of a new one are bounded. */
  | { readonly kind: "folder"; readonly mode?: number; readonly isMade: boolean }
  /** Without `content` whatever lies there is right. */
  | {
      readonly kind: "file";
      readonly mode: number;
      readonly content?: { readonly copy: string; readonly modified: number };
    }
  | { readonly kind: "link"; readonly target?: string }
  | { readonly kind: "other"; readonly id: PlaceId };

/** How a tree is to be shaped. */
export interface Shape {
  readonly wanted: ReadonlyMap<RepoPath, Wanted>;
  /** What was moved with a folder that no agent could reach goes back to where it was. */
  readonly putsApartBack: boolean;
}

/**
 * Makes a tree what is wanted: what is not wanted is moved away and kept, what is missing is put there, and permissions are set. Where a
 * process is killed in the middle of it, doing it again comes to the same end. Gives where what was moved away lies now. Throws what the
 * file system throws.
 */
export function shapeTree(root: string, snapshot: TreeSnapshot, shape: Shape): readonly RepoPath[] {
  const { wanted } = shape;
  const known = new Set(snapshot.apart.map(({ id }) => id));
  const { items, passed } = walkTree(root, { known, opens: true });
  if (shape.putsApartBack) setApartAside(root, snapshot, passed);
  const wrong = items.filter((item) => item.kind !== "folder" && !fits(root, item, wanted.get(item.path)));
  const moved = wrong.map(({ path }) => displace(root, path, snapshot.id));
  const folders = items.filter(({ kind }) => kind === "folder").reverse();
  for (const { path } of folders) if (wanted.get(path)?.kind !== "folder") removeEmpty(root, path);
  for (const [path, want] of wanted)
    put(root, path, { want, coming: join(snapshotFolder(root, snapshot.id), "coming") });
  if (shape.putsApartBack) bringApartBack(root, snapshot);
  for (const [path, want] of wanted) setMode(root, path, want);
  return moved;
}

function fits(root: string, { path, kind, id }: TreeItem, want: Wanted | undefined): boolean {
  if (want?.kind !== kind) return false;
  if (want.kind === "link") return want.target === undefined || want.target === targetOf(root, path);
  if (want.kind === "other") return want.id === id;
  return want.kind !== "file" || want.content === undefined || isSame(absolutePath(root, path), want.content.copy);
}

function isSame(file: string | Buffer, copy: string): boolean {
  return statSync(file).size === statSync(copy).size && readFileSync(file).equals(readFileSync(copy));
}

/** Moves a file away; where one of this name was moved away before, beside it. */
function displace(root: string, path: RepoPath, id: string): RepoPath {
  for (let count = 1; ; count += 1) {
    const to = `${DISPLACED}/${count === 1 ? id : `${id}-${String(count)}`}/${path}`;
    if (!canLie(root, to)) continue;
    mkdirSync(absolutePath(root, dirname(to)), { recursive: true, mode: 0o700 });
    renameSync(absolutePath(root, path), absolutePath(root, to));
    return to;
  }
}

/** A file may have been moved away where a folder comes now. */
function canLie(root: string, path: RepoPath): boolean {
  const folders = foldersOf(path).map((folder) => itemAt(root, folder)?.kind);
  return folders.every((kind) => kind === undefined || kind === "folder") && itemAt(root, path) === undefined;
}

/** What lies in it may be what no agent could reach. */
function removeEmpty(root: string, path: RepoPath): void {
  try {
    rmdirSync(absolutePath(root, path));
  } catch {
    return;
  }
}

function put(root: string, path: RepoPath, { want, coming }: { readonly want: Wanted; readonly coming: string }): void {
  if (itemAt(root, path) !== undefined) return;
  const place = absolutePath(root, path);
  if (want.kind === "folder") {
    if (want.isMade) mkdirSync(place, { recursive: true });
    return;
  }
  if (want.kind === "link" && want.target !== undefined) {
    mkdirSync(absolutePath(root, dirname(path)), { recursive: true });
    symlinkSync(encodePath(want.target), place);
  }
  if (want.kind !== "file" || want.content === undefined) return;
  mkdirSync(absolutePath(root, dirname(path)), { recursive: true });
  rmSync(coming, { force: true });
  copyFileSync(want.content.copy, coming, constants.COPYFILE_FICLONE);
  utimesSync(coming, want.content.modified / 1000, want.content.modified / 1000);
  renameSync(coming, place);
}

const NEW_FOLDER = 0o755;

function setMode(root: string, path: RepoPath, want: Wanted): void {
  if (want.kind !== "folder" && want.kind !== "file") return;
  const now = itemAt(root, path);
  if (now?.kind !== want.kind) return;
  const mode = want.mode ?? now.mode & NEW_FOLDER;
  if (mode !== now.mode) chmodSync(absolutePath(root, path), mode);
}

function asideFolder(root: string, { id }: TreeSnapshot): string {
  return join(snapshotFolder(root, id), "apart");
}

function setApartAside(root: string, snapshot: TreeSnapshot, passed: ReadonlyMap<PlaceId, RepoPath>): void {
  for (const [at, { path, id }] of snapshot.apart.entries()) {
    const now = passed.get(id);
    if (now === undefined || now === path) continue;
    mkdirSync(asideFolder(root, snapshot), { recursive: true, mode: 0o700 });
    renameSync(absolutePath(root, now), join(asideFolder(root, snapshot), String(at)));
  }
}

function bringApartBack(root: string, snapshot: TreeSnapshot): void {
  const folder = asideFolder(root, snapshot);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = snapshot.apart[Number(name)]?.path;
    if (path !== undefined && itemAt(root, path) === undefined)
      renameSync(join(folder, name), absolutePath(root, path));
  }
}
