import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";
import type { WorkFile } from "../workspace/git/list-files.ts";
import { isOwnFile } from "../workspace/git/own-files.ts";
import { readIndexNames } from "./index-names.ts";
import type { SeenPath } from "./seen-paths.ts";

/** What the index of a work tree named, and what it names that is not there. */
export interface SeenIndex {
  readonly digest: Digest;
  readonly seen: readonly SeenPath[];
}

/** Where an index and its work tree lie. */
export interface IndexPlace {
  readonly root: string;
  readonly gitDir: string;
  readonly hashLength: number;
  /** Now, in milliseconds since 1970. */
  readonly now: number;
}

/** The file of a work tree's index. */
export function indexFile(gitDir: string): string {
  return join(gitDir, "index");
}

/** What the index names now; undefined where it cannot be read. */
export function indexDigest(gitDir: string, hashLength: number): Digest | undefined {
  return namesIn(gitDir, hashLength)?.digest;
}

/** Sees the index, if it names the tracked ones of these files and beside them only what is not there. */
export function seeIndex(files: readonly WorkFile[], place: IndexPlace): SeenIndex | undefined {
  const path = indexFile(place.gitDir);
  const stat = statOf(path);
  const names = namesIn(place.gitDir, place.hashLength);
  if (stat === undefined || names === undefined) return undefined;
  const tracked = new Set(files.flatMap((file) => (file.tracked ? [file.path] : [])));
  const named = new Set(names.paths);
  const others = [...named].filter((each) => !tracked.has(each) && !isOwnFile(each, true));
  const isGone = (each: string): boolean => each.isWellFormed() && statOf(`${place.root}/${each}`) === undefined;
  if (named.size - others.length < tracked.size || !others.every(isGone)) return undefined;
  const gone = others.map((each): SeenPath => ({ path: each, kind: "absent", digest: "", isSettled: true }));
  const index: SeenPath = { path, kind: "index", digest: "", stat, isSettled: isSettled(stat, place.now) };
  return { digest: names.digest, seen: [index, ...gone] };
}

function namesIn(gitDir: string, hashLength: number): ReturnType<typeof readIndexNames> {
  try {
    return readIndexNames(readFileSync(indexFile(gitDir)), hashLength);
  } catch {
    return undefined;
  }
}
