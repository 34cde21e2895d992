import { join } from "node:path";
import { digestOf } from "../fingerprint/files/hash-file.ts";

/** Where the parts of a cache lie. */
export interface CacheLayout {
  readonly directory: string;
  readonly blobs: string;
  readonly records: string;
  /** A file; the others but `stamp` are folders. */
  readonly history: string;
  readonly locks: string;
  readonly memos: string;
  /** Files in the making. */
  readonly temporary: string;
  /** When the cache was pruned last. */
  readonly stamp: string;
}

/** The layout of the cache in `directory`. */
export function layoutOf(directory: string): CacheLayout {
  const part = (name: string): string => join(directory, name);
  return {
    directory,
    blobs: part("blobs"),
    records: part("records"),
    history: part("history.frames"),
    locks: part("locks"),
    memos: part("memos"),
    temporary: part("tmp"),
    stamp: part("pruned"),
  };
}

/** Folders in that of a cache that belong to agents: caches of the checks of their changes, and changes that are pinned. */
export const OF_AGENTS = { held: "held", unheld: "unheld", pins: "agents" } as const;

/** The folder for what is remembered about one work tree; the work trees of a repository share the rest. */
export function workTreeFolder(layout: CacheLayout, root: string): string {
  return join(layout.memos, digestOf(root).slice(0, 16));
}
