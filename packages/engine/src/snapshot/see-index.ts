import { join } from "node:path";
import { isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";
import type { WorkFile } from "../workspace/git/list-files.ts";
import { isOwnFile } from "../workspace/git/own-files.ts";
import { indexFile, indexNamesIn } from "./read-index.ts";
import { absent, allSeen, untouchedOrAbsent } from "./see-file.ts";
import type { SeenPath } from "./seen-paths.ts";

/** What the index of a work tree named, and what it names that is not there. */
export interface SeenIndex {
  readonly digest: Digest;
  /** Whether git looks at each file that it names. */
  readonly isWatched: boolean;
  readonly seen: readonly SeenPath[];
}

/** Where an index and its work tree lie. */
export interface IndexPlace {
  readonly root: string;
  readonly gitDir: string;
  readonly commonDir: string;
  readonly hashLength: number;
  /** When the run began, in milliseconds since 1970. */
  readonly startedAt: number;
}

/**
 * Sees the index, if it names the tracked ones of these files and beside them only what is not there, and the settings by
 * which git knows where the work tree is.
 */
export function seeIndex(files: readonly WorkFile[], place: IndexPlace): SeenIndex | undefined {
  const path = indexFile(place.gitDir);
  const stat = statOf(path);
  const names = indexNamesIn(place.gitDir, place.hashLength);
  if (stat === undefined || names?.isPlain !== true) return undefined;
  const tracked = new Set(files.flatMap((file) => (file.tracked ? [file.path] : [])));
  const named = new Set(names.paths);
  const others = [...named].filter((each) => !tracked.has(each) && !isOwnFile(each, true));
  if (![...tracked].every((each) => named.has(each))) return undefined;
  const index: SeenPath = { path, kind: "index", digest: "", stat, isSettled: isSettled(stat, place.startedAt) };
  const seen = allSeen([index, ...others.map((each) => gone(each, place)), ...settingsOf(place)]);
  return seen && { digest: names.digest, isWatched: names.isWatched, seen };
}

function gone(path: string, { root }: IndexPlace): SeenPath | undefined {
  return path.isWellFormed() && statOf(`${root}/${path}`) === undefined ? absent(path) : undefined;
}

function settingsOf({ gitDir, commonDir, startedAt }: IndexPlace): (SeenPath | undefined)[] {
  return [join(commonDir, "config"), join(gitDir, "config.worktree")].map((file) => untouchedOrAbsent(file, startedAt));
}
