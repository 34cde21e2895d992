import type { Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import type { Result } from "../core/result.ts";
import type { PersistedFileMemo } from "../fingerprint/files/file-memo.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";
import type { CacheStatus } from "./cache-status.ts";
import type { History } from "./history.ts";
import type { Locks } from "./lock.ts";
import type { Memo } from "./memo.ts";
import type { Capture } from "./outputs/capture-outputs.ts";
import type { TaskPlace } from "./outputs/empty-outputs.ts";
import type { Displaced } from "./outputs/clear-extras.ts";
import type { Restore, Restored } from "./outputs/restore-outputs.ts";
import type { PruneLimits } from "./choose-records.ts";
import type { Pruned } from "./prune.ts";
import type { CacheRecord, FoundDependency, RecordOutput } from "./record.ts";
import type { CacheVerification, VerifyStep } from "./verify-cache.ts";

/**
 * The cache of a repository. No method throws for what the file system does: what cannot be read is a miss, what cannot
 * be written is not kept, and `problems` says so once.
 */
export interface Cache extends Results, Outputs, Upkeep {
  readonly directory: string;
  readonly history: History;
  readonly locks: Locks;
  /** What is remembered of the files of one work tree, named by its absolute path. Whoever opens it saves it. */
  fileMemo(root: string): PersistedFileMemo;
  /** A store for what saves another part time; `name` is lower-case ASCII. Whoever opens it saves it. */
  memo(name: string, limit?: number): Memo;
  /** Takes in what other processes have stored. */
  reload(): void;
  /** Whether every write has succeeded so far. After one has not, nothing more is kept. */
  isWritable(): boolean;
  /** What went wrong since the last call. */
  problems(): readonly Diagnostic[];
  /** Saves what is remembered of outputs, and lets go of every lock and file. */
  close(): void;
}

/** Results under their keys. */
export interface Results {
  /** The newest record under this key of whose found dependencies each passes `check`. */
  lookup(key: Digest, check: (dependency: FoundDependency) => boolean): CacheRecord | undefined;
  /** Every record under this key, whatever it depends on; the newest first. */
  candidates(key: Digest): readonly CacheRecord[];
  /** Keeps a result with its blobs. Gives whether it can be found from now on: not if a blob that it names is not there. */
  store(record: CacheRecord, blobs: readonly Uint8Array[]): boolean;
  /** The verified bytes of a blob. A failure means that the record which names it is a miss. */
  readBlob(digest: Digest): Result<Buffer, Diagnostic>;
  /** Keeps bytes that no record names yet; `undefined` where they cannot be kept. */
  putBlob(bytes: Uint8Array): Digest | undefined;
}

/** The files that tasks make. */
export interface Outputs {
  /** Takes everything away that lies where a task will make its outputs; gives the files that were nobody's, and where they are now. */
  empty(place: TaskPlace & { readonly run: string }): Result<readonly Displaced[], Diagnostic>;
  /** Remembers what a task left that did not end well, so that it can be taken away. */
  note(place: TaskPlace): void;
  /** Keeps the outputs that a task has just made, and gives its manifest. */
  capture(capture: Capture): Result<readonly RecordOutput[], Diagnostic>;
  /** Those of a record's outputs that are not what they were when they were captured or put in place. */
  altered(root: string, outputs: readonly RecordOutput[]): readonly RepoPath[];
  /** Makes the work tree hold a record's outputs. A failure is a miss. */
  restore(restore: Restore): Result<Restored, Diagnostic>;
}

/** What keeps a cache small and right. */
export interface Upkeep {
  status(): CacheStatus;
  /** Removes what is over the limits. `undefined` where another process prunes or the cache cannot be written. */
  prune(limits?: Partial<PruneLimits>): Pruned | undefined;
  /** Prunes to the usual limits if that was not done for a day. */
  pruneIfDue(): Pruned | undefined;
  /** Reads every blob and record; what is damaged is removed. A step a blob, so that the caller may stop and show how far it is. */
  verify(): Generator<VerifyStep, CacheVerification>;
  /** Removes all that is kept. Locks stay. */
  clear(): void;
}
