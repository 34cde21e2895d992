import type { RepoPath } from "../core/path.ts";
import { isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import type { FileDigests } from "../fingerprint/files/file-digests.ts";
import { digestOf, hashFile } from "../fingerprint/files/hash-file.ts";
import type { SourceTexts } from "../workspace/source-texts.ts";
import { absent, allSeen } from "./see-file.ts";
import type { SeenPath } from "./seen-paths.ts";

/** What a run looked at in the work tree beside the outputs of its tasks. */
export interface Looks {
  /** Absolute. */
  readonly root: string;
  readonly digests: Pick<FileDigests, "looks">;
  readonly texts: SourceTexts;
  /** When the run began, in milliseconds since 1970: before it looked at anything. */
  readonly startedAt: number;
}

/** The paths that a run looked at, as it saw them. Undefined where one of them cannot be told by state and bytes alone. */
export function seeInputs(looks: Looks): readonly SeenPath[] | undefined {
  const asked = new Map(looks.texts.asked?.() ?? []);
  const inputs = [...looks.digests.looks()].map(([path, look]) =>
    asked.has(path) && !isSameText(asked.get(path)?.text, look)
      ? undefined
      : seeInput(path, look, { ...looks, kind: asked.get(path) === undefined ? "input" : "file" }),
  );
  const known = new Set(inputs.map((each) => each?.path));
  const texts = [...asked]
    .filter(([path]) => !known.has(path))
    .map(([path, source]) => seeText(path, source?.text, looks));
  return allSeen([...inputs, ...texts]);
}

type Look = Looks["digests"] extends { looks(): Iterable<readonly [RepoPath, infer L]> } ? L : never;

/** Settings are read at another time than the bytes that are in keys; somebody may have edited the file between. */
function isSameText(text: string | undefined, { result }: Look): boolean {
  const sha256 = result.ok ? result.value?.sha256 : undefined;
  return (text === undefined ? undefined : digestOf(text)) === sha256;
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
function seeText(path: RepoPath, text: string | undefined, { root, startedAt }: Looks): SeenPath | undefined {
  if (!path.isWellFormed()) return undefined;
  const stat = statOf(`${root}/${path}`);
  if (text === undefined || stat === undefined)
    return text === undefined && stat === undefined ? absent(path) : undefined;
  const digest = hashFile(`${root}/${path}`, stat.size);
  if (digest !== digestOf(text)) return undefined;
  return { path, kind: "file", digest, stat, isSettled: isSettled(stat, startedAt) };
}
