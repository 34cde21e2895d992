import { relative, sep } from "node:path";
import { canonicalJson } from "../../core/json.ts";
import type { RepoPath } from "../../core/path.ts";
import { digestOf } from "../files/hash-file.ts";
import { EDITABLE, type Distribution } from "./distributions.ts";
import { realPath } from "./memo.ts";
import { sourceDigest, type SourceHost } from "./source-digest.ts";

/** Whether the files below a folder of the repository are among those that inputs are chosen from. */
export type IsListed = (folder: RepoPath) => boolean;

/**
 * An editable distribution with the digest of its sources for a RECORD, where one of them `counts`; it is asked with the
 * source's place in the repository, or with undefined for one outside. Any other distribution as it is.
 */
export function withSources(
  distribution: Distribution,
  counts: (folder: RepoPath | undefined) => boolean,
  { root, ...host }: SourceHost & { readonly root: string },
): Distribution {
  const { record, sources = [] } = distribution;
  if (record !== EDITABLE || !sources.some((source) => counts(placeIn(root, source)))) return distribution;
  const digests = sources.map((source) => sourceDigest(source, host));
  return { ...distribution, record: digests.length === 1 ? (digests[0] ?? null) : digestOf(canonicalJson(digests)) };
}

function placeIn(root: string, folder: string): RepoPath | undefined {
  const way = relative(root, realPath(folder) ?? folder);
  const place = way.split(sep).join("/");
  return place === ".." || place.startsWith("../") || /^[A-Za-z]:|^\//.test(place) ? undefined : place || ".";
}
