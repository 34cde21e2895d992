import type { RepoPath } from "../core/path.ts";
import { isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import type { FileDigests } from "../fingerprint/files/file-digests.ts";
import { type Digest, digestOf, hashFile } from "../fingerprint/files/hash-file.ts";
import type { SourceTexts } from "../workspace/source-texts.ts";
import type { KnownRows } from "./known-rows.ts";
import { absent, allSeen } from "./see-file.ts";
import type { SeenPath } from "./seen-paths.ts";

/** What a run looked at in the work tree beside the outputs of its tasks. */
export interface Looks {
  /** Absolute. */
  readonly root: string;
  readonly digests: Pick<FileDigests, "looks">;
  readonly texts: SourceTexts;
  /** Which of the texts settings were read out of; the others were only told of. */
  readonly isSetting: (path: RepoPath) => boolean;
  /** When the run began, in milliseconds since 1970: before it looked at anything. */
  readonly startedAt: number;
  /** What was seen before and is known to be so still: it is not told again. */
  readonly known?: KnownRows;
}

/** The paths that a run looked at, as it saw them. Undefined where one of them cannot be told by state and bytes alone. */
export function seeInputs(looks: Looks): readonly SeenPath[] | undefined {
  const asked = new Map(looks.texts.asked?.() ?? []);
  const seen: (SeenPath | undefined)[] = [];
  const looked = new Set<RepoPath>();
  for (const [path, look] of looks.digests.looks()) {
    looked.add(path);
    if (asked.has(path) && !isSameText(asked.get(path)?.text, look)) return undefined;
    const kind = kindOf(path, looks);
    if (!look.result.ok || !isKnown({ path, kind, digest: sha256Of(look) }, looks))
      seen.push(seeInput(path, look, { ...looks, kind }));
  }
  for (const [path, source] of asked) {
    const kind = kindOf(path, looks);
    if (!looked.has(path) && !isKnown({ path, kind, digest: source && digestOf(source.text) }, looks))
      seen.push(seeText(path, source?.text, { ...looks, kind }));
  }
  return allSeen(seen);
}

function kindOf(path: RepoPath, { isSetting }: Looks): "file" | "input" {
  return isSetting(path) ? "file" : "input";
}

/** Whether the same is known of a path. Of a file that settings were read out of more is told than of an input. */
function isKnown(
  {
    path,
    kind,
    digest,
  }: { readonly path: string; readonly kind: "file" | "input"; readonly digest: Digest | undefined },
  { known }: Looks,
): boolean {
  const before = known?.find(path);
  if (before === undefined) return false;
  if (digest === undefined) return before.kind === "absent";
  return (before.kind === "file" || before.kind === kind) && before.digest === digest;
}

type Look = Looks["digests"] extends { looks(): Iterable<readonly [RepoPath, infer L]> } ? L : never;

/** Settings are read at another time than the bytes that are in keys; somebody may have edited the file between. */
function isSameText(text: string | undefined, look: Look): boolean {
  return (text === undefined ? undefined : digestOf(text)) === sha256Of(look);
}

function sha256Of({ result }: Look): Digest | undefined {
  return result.ok ? result.value?.sha256 : undefined;
}

function seeInput(
  path: RepoPath,
  { result, stat }: Look,
  { root, startedAt, kind }: Looks & { readonly kind: "file" | "input" },
): SeenPath | undefined {
  if (!result.ok || !path.isWellFormed()) return undefined;
  if (result.value === undefined) return statOf(`${root}/${path}`) === undefined ? absent(path) : undefined;
  // A link's digest is made of what is behind it, and a submodule's of what is in it.
  if (stat === undefined || result.value.mode === "120000") return undefined;
  return { path, kind, digest: result.value.sha256, stat, isSettled: isSettled(stat, startedAt) };
}

/** The bytes are read again and must be those of the text: it may have been read a while ago. */
function seeText(
  path: RepoPath,
  text: string | undefined,
  { root, startedAt, kind }: Looks & { readonly kind: "file" | "input" },
): SeenPath | undefined {
  if (!path.isWellFormed()) return undefined;
  const stat = statOf(`${root}/${path}`);
  if (text === undefined || stat === undefined)
    return text === undefined && stat === undefined ? absent(path) : undefined;
  const digest = hashFile(`${root}/${path}`, stat.size);
  if (digest !== digestOf(text)) return undefined;
  return { path, kind, digest, stat, isSettled: isSettled(stat, startedAt) };
}
