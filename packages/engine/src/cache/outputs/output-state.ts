import type { JsonValue } from "../../core/json.ts";
import type { RepoPath } from "../../core/path.ts";
import type { TaskId } from "../../core/task-id.ts";
import type { FileMemo } from "../../fingerprint/files/file-digests.ts";
import type { FileStat } from "../../fingerprint/files/file-stat.ts";
import { openFileMemo } from "../../fingerprint/files/file-memo.ts";
import type { Digest } from "../../fingerprint/files/hash-file.ts";
import { openMemo } from "../memo.ts";
import { isDigest } from "../record.ts";

/** What the engine knows of the outputs in one work tree. Without it nothing goes wrong: files are hashed, or displaced instead of deleted. */
export interface OutputState {
  /** The state that each output was in when the engine wrote or hashed it. */
  readonly files: FileMemo;
  /** The states in which this process captured outputs. */
  readonly captured: Map<RepoPath, FileStat>;
  /** What records of this task have put here: path to sha256. */
  made(task: TaskId): ReadonlyMap<RepoPath, Digest>;
  setMade(task: TaskId, outputs: ReadonlyMap<RepoPath, Digest>): void;
  save(): void;
}

/** Opens the state kept for one work tree in `folder`. */
export function openOutputState(folder: string): OutputState {
  const files = openFileMemo(`${folder}/output-files`);
  const made = openMemo(`${folder}/output-tasks`);
  return {
    files,
    captured: new Map(),
    made: (task) => readMade(made.get(task)),
    setMade: (task, outputs) => made.set(task, [...outputs]),
    save() {
      files.save();
      made.save();
    },
  };
}

function readMade(value: JsonValue | undefined): ReadonlyMap<RepoPath, Digest> {
  const entries = Array.isArray(value) ? value : [];
  return new Map(entries.filter(isMade));
}

function isMade(entry: JsonValue): entry is readonly [RepoPath, Digest] {
  return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === "string" && isDigest(entry[1]);
}
