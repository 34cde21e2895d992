import type { RepoPath } from "../core/path.ts";
import { type FileStat, isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import type { FileDigests } from "../fingerprint/files/file-digests.ts";
import { digestOf, hashFile } from "../fingerprint/files/hash-file.ts";
import type { SourceTexts } from "../workspace/source-texts.ts";
import type { SeenPath } from "./seen-paths.ts";

/** What a run looked at beside the outputs of its tasks. */
export interface Looks {
  /** Absolute. */
  readonly root: string;
  readonly digests: Pick<FileDigests, "looks">;
  readonly texts: SourceTexts;
  /** Files by which the configuration and its plugins are known, absolute, whether they are there or not. */
  readonly modules: Iterable<string>;
  /** When the run began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Now, in milliseconds since 1970. */
  readonly now: number;
}

/** The paths that a run looked at, as it saw them. Undefined where one of them cannot be told by state and bytes alone. */
export function seeInputs(looks: Looks): readonly SeenPath[] | undefined {
  const asked = new Map(looks.texts.asked?.() ?? []);
  const inputs = [...looks.digests.looks()].map(([path, look]) =>
    seeInput(path, look, { now: looks.now, kind: asked.get(path) === undefined ? "input" : "file" }),
  );
  const known = new Set(inputs.map((each) => each?.path));
  const texts = [...asked]
    .filter(([path]) => !known.has(path))
    .map(([path, source]) => seeText(path, source?.text, looks));
  const modules = [...looks.modules].map((file) => seeModule(file, looks.startedAt));
  const all = [...inputs, ...texts, ...modules].filter((each) => each !== undefined);
  return all.length === inputs.length + texts.length + modules.length ? all : undefined;
}

type Look = Looks["digests"] extends { looks(): Iterable<readonly [RepoPath, infer L]> } ? L : never;

function seeInput(
  path: RepoPath,
  { result, stat }: Look,
  { now, kind }: { readonly now: number; readonly kind: "file" | "input" },
): SeenPath | undefined {
  if (!result.ok || !path.isWellFormed()) return undefined;
  if (result.value === undefined) return stat === undefined ? absent(path) : undefined;
  // A link's digest is made of what is behind it, and a submodule's of what is in it.
  if (stat === undefined || result.value.mode === "120000") return undefined;
  return { path, kind, digest: result.value.sha256, stat, isSettled: isSettled(stat, now) };
}

/** The bytes are read again and must be those of the text: it may have been read a while ago. */
function seeText(path: RepoPath, text: string | undefined, { root, now }: Looks): SeenPath | undefined {
  if (!path.isWellFormed()) return undefined;
  const stat = statOf(`${root}/${path}`);
  if (text === undefined || stat === undefined)
    return text === undefined && stat === undefined ? absent(path) : undefined;
  const digest = hashFile(`${root}/${path}`, stat.size);
  return digest === digestOf(text) ? { path, kind: "file", digest, stat, isSettled: isSettled(stat, now) } : undefined;
}

/** What was loaded is not at hand any more, so the file must not have been touched since shortly before the run began. */
function seeModule(path: string, startedAt: number): SeenPath | undefined {
  const stat = stateOf(path);
  if (stat === undefined) return absent(path);
  return isSettled(stat, startedAt)
    ? { path, kind: "file", digest: hashFile(path, stat.size), stat, isSettled: true }
    : undefined;
}

function stateOf(path: string): FileStat | undefined {
  return statOf(path);
}

function absent(path: string): SeenPath {
  return { path, kind: "absent", digest: "", isSettled: true };
}
