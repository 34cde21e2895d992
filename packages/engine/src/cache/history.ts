import type { TaskId } from "../core/task-id.ts";
import type { TaskStatus } from "../core/status.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";
import { type CheckedFrame, compactFrames } from "./compact-frames.ts";
import { type Frame, type FrameRef, parseFrame, scanNamed } from "./frame.ts";
import { openFrameFile, readEnd } from "./frame-file.ts";
import { isDigest } from "./record.ts";

/** One end of a task, whatever its status: for `why`, for durations, for finding flakes. Never served as a result. */
export interface HistoryEntry {
  readonly task: TaskId;
  /** The key that it ran under. */
  readonly key: Digest;
  /** The blob with its fingerprint's canonical text. */
  readonly fingerprintDigest: Digest;
  readonly status: TaskStatus;
  readonly durationMs: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The id of the run. */
  readonly run: string;
  /** How often it was tried in that run, where that is more than once. */
  readonly attempts?: number;
  /** It ended well, and on the same inputs it did not. */
  readonly flaky?: true;
}

/** How the tasks ended lately. Entries that cannot be read are passed over. */
export interface History {
  /** Throws what the file system throws. */
  append(entry: HistoryEntry): void;
  /** The task's last entry. */
  latest(task: TaskId): HistoryEntry | undefined;
  /** The task's entries, oldest first; at most as many as are kept a task. */
  of(task: TaskId): readonly HistoryEntry[];
  /** How long its `ok` and `failed` runs took, in milliseconds, oldest first. */
  durations(task: TaskId): readonly number[];
  /** The fingerprints that entries still name. */
  fingerprints(): ReadonlySet<Digest>;
  /** Takes in what other processes have appended. */
  reload(): void;
}

/** How many entries a task keeps. */
export const HISTORY_PER_TASK = 20;

/** Opens the history in a file, which need not exist. It is read when first asked. A file that cannot be read is empty. */
export function openHistory(path: string): History {
  const file = openFrameFile(path);
  const byTask = new Map<TaskId, FrameRef[]>();
  let isLoaded = false;
  const load = (): void => {
    if (isLoaded) return;
    isLoaded = true;
    attempt(() =>
      file.read(
        (name, ref) => byTask.set(name, [...(byTask.get(name) ?? []), ref].slice(-HISTORY_PER_TASK)),
        () => byTask.clear(),
      ),
    );
  };
  const of = (task: TaskId): readonly HistoryEntry[] => {
    load();
    return (byTask.get(task) ?? []).map(decode).filter((entry) => entry !== undefined);
  };
  return {
    append(entry) {
      file.append({ name: entry.task, json: JSON.stringify(entry) });
      isLoaded = false;
    },
    latest: (task) => of(task).at(-1),
    of,
    durations: (task) =>
      of(task)
        .filter(hasRun)
        .map(({ durationMs }) => durationMs),
    fingerprints() {
      load();
      return new Set([...byTask.keys()].flatMap((task) => of(task).map(({ fingerprintDigest }) => fingerprintDigest)));
    },
    reload() {
      isLoaded = false;
    },
  };
}

/** So much of the end of the file holds the last runs, in bytes. */
const END_LENGTH = 256 * 1024;

/**
 * The task's last entries, oldest first, back to one under another key than the last, where there is one. The end of the file
 * is read first, and mostly no more.
 */
export function lastEntries(path: string, task: TaskId): readonly HistoryEntry[] {
  const near = entriesIn(path, task, END_LENGTH);
  return near.some(({ key }) => key !== near.at(-1)?.key) ? near : entriesIn(path, task, Number.POSITIVE_INFINITY);
}

function entriesIn(path: string, task: TaskId, length: number): readonly HistoryEntry[] {
  const refs: FrameRef[] = [];
  attempt(() => scanNamed(readEnd(path, length), task, (ref) => refs.push(ref)));
  return refs
    .slice(-HISTORY_PER_TASK)
    .map(decode)
    .filter((entry) => entry !== undefined);
}

/** Keeps only the newest entries of each task, and of those none older than `oldest`. Only one process may do this at a time. */
export function compactHistory(path: string, oldest: number): void {
  compactFrames(path, (frames) => {
    const byTask = new Map<string, number>();
    const kept: Frame[] = [];
    for (const frame of frames.toReversed()) {
      const count = byTask.get(frame.name) ?? 0;
      if (count >= HISTORY_PER_TASK || !isRecent(frame, oldest)) continue;
      byTask.set(frame.name, count + 1);
      kept.push(frame);
    }
    return kept.reverse();
  });
}

function isRecent({ value }: CheckedFrame, oldest: number): boolean {
  return isHistoryEntry(value) && value.at >= oldest;
}

function hasRun({ status }: HistoryEntry): boolean {
  return status === "ok" || status === "failed";
}

function decode(ref: FrameRef): HistoryEntry | undefined {
  const value = parseFrame(ref)?.value;
  return isHistoryEntry(value) ? value : undefined;
}

/** Whether a value is a whole entry of the history. */
export function isHistoryEntry(value: unknown): value is HistoryEntry {
  if (typeof value !== "object" || value === null) return false;
  const entry = value as Readonly<Record<string, unknown>>;
  return (
    [entry["task"], entry["run"]].every((text) => typeof text === "string") &&
    [entry["durationMs"], entry["at"]].every((number) => typeof number === "number") &&
    [entry["key"], entry["fingerprintDigest"]].every(isDigest) &&
    ["ok", "failed", "broken", "skipped"].includes(String(entry["status"]))
  );
}

function attempt(act: () => unknown): void {
  try {
    act();
  } catch {
    // History is for people and for estimates: without it both do with less.
  }
}
