import { byCodeUnit } from "../core/json.ts";
import { absolutePath, type RepoPath } from "../core/path.ts";
import { fileMode, statOf } from "../fingerprint/files/file-stat.ts";
import { type Digest, digestOf } from "../fingerprint/files/hash-file.ts";
import { namesIn } from "../workspace/git/read-steps.ts";

/** Names that are not as the index has them. */
export interface LooseNames {
  /** Sorted. */
  readonly untracked: readonly RepoPath[];
  readonly digest: Digest;
}

/** So many untracked files are looked at: one may be a link. */
const MOST = 1000;

/**
 * What git told of names when it was asked what is not committed: which are there and not in the index, and the reverse.
 * Undefined where one is a link, and for too many.
 */
export function looseNames(root: string, told: Buffer): LooseNames | undefined {
  const { untracked, gone } = namesIn(told);
  const sorted = [...untracked].sort(byCodeUnit);
  if (sorted.length > MOST || sorted.some((path) => isOther(absolutePath(root, path)))) return undefined;
  const text = [...sorted, "", ...[...gone].sort(byCodeUnit)].join("\0");
  return { untracked: sorted, digest: digestOf(text) };
}

function isOther(place: string | Buffer): boolean {
  const stat = statOf(place);
  const mode = stat && fileMode(stat);
  return mode === undefined || mode === "120000";
}
