import { lstatSync, readdirSync, watch, type FSWatcher } from "node:fs";
import { absolutePath, decodePath, joinRepo, parentOf, type RepoPath } from "../core/path.ts";
import { errorCode } from "../fingerprint/files/file-stat.ts";
import { isState, type WatchedFolders, type WatchRequest } from "./watch-request.ts";

/** A folder that is watched, and those in it by their names. */
interface Folder {
  readonly watcher: FSWatcher;
  readonly inside: Map<string, Folder>;
}

/** It went while it was looked at, which the folder above tells of; or nobody may look into it, git neither. */
const OUT_OF_REACH: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "EACCES", "EPERM", "ELOOP"]);

/**
 * Watches each folder by itself, as Linux does it. Only folders are watched: each tells of the files in it, so that a
 * large repository does not use up the system's watches. Links are not followed.
 */
export function watchEachFolder(request: WatchRequest, leftOut: ReadonlySet<RepoPath>): WatchedFolders {
  const folders = new Folders(request, leftOut);
  folders.open();
  return folders;
}

class Folders implements WatchedFolders {
  readonly #request: WatchRequest;
  #leftOut: ReadonlySet<RepoPath>;
  #root: Folder | undefined;
  #isClosed = false;

  constructor(request: WatchRequest, leftOut: ReadonlySet<RepoPath>) {
    this.#request = request;
    this.#leftOut = leftOut;
  }

  open(): void {
    const root = this.#enter(".");
    if (this.#isClosed) closeAll(root);
    else this.#root = root;
  }

  leaveOut(folders: ReadonlySet<RepoPath>): void {
    const before = this.#leftOut;
    this.#leftOut = folders;
    for (const path of before) if (!folders.has(path)) this.#renewAt(path);
    for (const path of folders) if (!before.has(path)) this.#renewAt(path);
  }

  close(): void {
    this.#isClosed = true;
    closeAll(this.#root);
    this.#root = undefined;
  }

  /** Watches a folder first and reads it afterwards: one that is made in it meanwhile is told of or found. */
  #enter(path: RepoPath): Folder | undefined {
    const place = absolutePath(this.#request.root, path);
    if (this.#isClosed || isState(path) || this.#leftOut.has(path)) return undefined;
    const inside = new Map<string, Folder>();
    let watcher: FSWatcher | undefined;
    try {
      if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
      watcher = watch(place, { encoding: "buffer" }, (event, name) => {
        this.#happened(path, inside, { event, name });
      });
      watcher.on("error", (error) => {
        this.#fail(error);
      });
      for (const name of foldersIn(place)) this.#renew(path, inside, name);
      return { watcher, inside };
    } catch (error) {
      if (watcher !== undefined) closeAll({ watcher, inside });
      this.#fail(error);
      return undefined;
    }
  }

  #happened(path: RepoPath, inside: Map<string, Folder>, told: { event: string; name: Buffer | null }): void {
    if (this.#isClosed) return;
    this.#request.touched();
    const name = told.name === null ? undefined : decodePath(told.name);
    if (name !== undefined && (told.event === "rename" || !inside.has(name))) this.#renew(path, inside, name);
  }

  /** What bears this name now may be another folder than the one that was watched: even its number may be the same. */
  #renew(path: RepoPath, inside: Map<string, Folder>, name: string): void {
    closeAll(inside.get(name));
    inside.delete(name);
    const entered = this.#enter(joinRepo(path, name));
    if (entered === undefined) return;
    if (this.#isClosed) closeAll(entered);
    else inside.set(name, entered);
  }

  #renewAt(path: RepoPath): void {
    const parent = parentOf(path);
    let at = this.#root;
    if (parent !== ".") for (const name of parent.split("/")) at = at?.inside.get(name);
    if (at !== undefined) this.#renew(parent, at.inside, path.slice(parent === "." ? 0 : parent.length + 1));
  }

  #fail(error: unknown): void {
    const code = errorCode(error);
    if (this.#isClosed || OUT_OF_REACH.has(code)) return;
    this.close();
    this.#request.failed(code);
  }
}

function foldersIn(place: string | Buffer): string[] {
  return readdirSync(place, { withFileTypes: true, encoding: "buffer" }).flatMap((entry) =>
    entry.isDirectory() ? [decodePath(entry.name)] : [],
  );
}

function closeAll(folder: Folder | undefined): void {
  if (folder === undefined) return;
  folder.watcher.close();
  for (const each of folder.inside.values()) closeAll(each);
}
