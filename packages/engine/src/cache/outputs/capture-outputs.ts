import { readlinkSync } from "node:fs";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { type RepoPath, absolutePath } from "../../core/path.ts";
import type { TaskId } from "../../core/task-id.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { fileMode, isSettled, sameStat, statOf } from "../../fingerprint/files/file-stat.ts";
import type { Blobs } from "../blobs.ts";
import { uncapturable } from "../problems.ts";
import type { RecordOutput } from "../record.ts";
import { listOutputs } from "./list-files.ts";
import { checkOutputPlaces, outermost } from "./output-place.ts";
import type { OutputState } from "./output-state.ts";

/** What to take into the cache. */
export interface Capture {
  /** The absolute path of the work tree. */
  readonly root: string;
  readonly task: TaskId;
  /** The files and folders that the task owns. */
  readonly owned: readonly RepoPath[];
  /** Those among them that it keeps between runs: they are not captured. */
  readonly scratch?: readonly RepoPath[];
  isVolatile(path: RepoPath): boolean;
}

/** What capturing works with. */
export interface OutputStore {
  readonly blobs: Blobs;
  readonly state: OutputState;
}

/** Keeps the bytes of all files that the task owns, and gives the manifest, sorted. Nothing is stored if one cannot be kept. */
export function captureOutputs(capture: Capture, store: OutputStore): Result<readonly RecordOutput[], Diagnostic> {
  const places = checkOutputPlaces(capture.root, outermost(capture.owned));
  if (!places.ok) return places;
  const outputs: RecordOutput[] = [];
  let at = capture.owned[0] ?? ".";
  try {
    for (const path of listOutputs(capture.root, capture.owned, capture.scratch ?? [])) {
      at = path;
      outputs.push(keep(path, capture, store));
    }
  } catch (error) {
    return fail(uncapturable(at, error));
  }
  store.state.setMade(capture.task, new Map(outputs.map(({ path, blob }) => [path, blob])));
  return ok(outputs);
}

function keep(path: RepoPath, capture: Capture, { blobs, state }: OutputStore): RecordOutput {
  const absolute = absolutePath(capture.root, path);
  const stat = statOf(absolute);
  const mode = stat && fileMode(stat);
  if (stat === undefined || mode === undefined) throw new Error("it is no file and no link");
  const settled = isSettled(stat, Date.now());
  const kept = mode === "120000" ? keepLink(absolute, blobs) : blobs.putFile(absolute);
  const after = statOf(absolute);
  if (after === undefined || !sameStat(stat, after)) throw new Error("it changed while it was being kept");
  state.captured.set(path, after);
  if (settled) state.files.set(path, stat, kept.digest);
  return { path, mode, size: kept.size, blob: kept.digest, ...(capture.isVolatile(path) && { volatile: true }) };
}

function keepLink(path: string | Buffer, blobs: Blobs): { readonly digest: string; readonly size: number } {
  const text = readlinkSync(path, { encoding: "buffer" });
  return { digest: blobs.put(text), size: text.length };
}
