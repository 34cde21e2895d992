import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { Digest } from "../../fingerprint/files/hash-file.ts";
import { listBlobs } from "../blob-files.ts";
import { openBlobs } from "../blobs.ts";
import { chooseRecords, type PruneLimits } from "../choose-records.ts";
import { type History, openHistory } from "../history.ts";
import { layoutOf } from "../layout.ts";
import type { CacheRecord } from "../record.ts";
import { openRecords } from "../records.ts";
import { type Entry, writeArchive } from "./archive-writer.ts";
import { type BlobSource, blobEntries } from "./blob-entries.ts";
import { leftBehind, unwritableArchive } from "./transfer-problems.ts";

/** What to export, and where to. */
export interface ExportRequest {
  /** Of the cache; absolute. */
  readonly directory: string;
  /** Absolute. It is replaced whole or stays as it was. */
  readonly file: string;
  /** The newest records that keep these limits are exported. */
  readonly limits: PruneLimits;
  /** Which of all records are wanted; all of them, where it is not said. */
  readonly select?: (records: readonly CacheRecord[]) => readonly CacheRecord[];
  readonly signal: AbortSignal;
  /** Told now and then how far it is. */
  readonly progress: (done: TransferStep) => void;
}

/** How far an export or import is. */
export interface TransferStep {
  readonly blobs: number;
  readonly bytes: number;
  /** How many blobs there are; an import does not know. */
  readonly of?: number;
}

/** What was exported. */
export interface Exported {
  readonly records: number;
  readonly blobs: number;
  /** Of the blobs, before compression. */
  readonly bytes: number;
  readonly history: number;
  /** Of the archive. */
  readonly archiveBytes: number;
  /** Records that are right only in one place, and so were left out. */
  readonly pathBound: number;
  readonly problems: readonly Diagnostic[];
}

/** How many of a task's ends go with its record: durations for the scheduler, fingerprints for `why`. */
const HISTORY_PER_TASK = 5;

/**
 * Writes records with all that they name, and how long their tasks took, to one file. Every byte is verified on the way; a
 * record of which something is damaged or gone is left out. Others may use the cache meanwhile. Throws an `AbortError`
 * for the signal.
 */
export async function exportCache(request: ExportRequest): Promise<Result<Exported, Diagnostic>> {
  const layout = layoutOf(request.directory);
  const sizes = new Map(listBlobs(layout.blobs).map(({ digest, size }) => [digest, size]));
  const all = openRecords(layout.records).all();
  const wanted = request.select?.(all) ?? all;
  const movable = wanted.filter(({ pathBound }) => pathBound !== true);
  const { kept } = chooseRecords(movable, sizes, { ...request.limits, now: Date.now() });
  const source: BlobSource = { sizes, blobs: openBlobs(layout.blobs, layout.temporary), folder: layout.blobs };
  const told = { records: 0, blobs: 0, bytes: 0, history: 0, left: 0 };
  try {
    const entries = entriesOf(kept, { source, history: openHistory(layout.history), told, request });
    const archiveBytes = await writeArchive(request.file, entries, request.signal);
    const { left, ...counts } = told;
    const pathBound = wanted.length - movable.length;
    return ok({ ...counts, archiveBytes, pathBound, problems: left > 0 ? [leftBehind(left)] : [] });
  } catch (error) {
    request.signal.throwIfAborted();
    return fail(unwritableArchive(request.file, error));
  }
}

interface Export {
  readonly source: BlobSource;
  readonly history: History;
  readonly told: { records: number; blobs: number; bytes: number; history: number; left: number };
  readonly request: ExportRequest;
}

/** Blobs, then the records that have all of theirs, then the history: a reader can check a record as soon as it sees it. */
function* entriesOf(records: readonly CacheRecord[], { source, history, told, request }: Export): Generator<Entry> {
  const blobs = blobEntries(records, source);
  for (const entry of blobs.entries) {
    yield entry;
    told.blobs += 1;
    told.bytes += entry.head.size;
    request.progress({ blobs: told.blobs, bytes: told.bytes, of: blobs.count });
  }
  const whole = records.filter(blobs.isWhole);
  told.left = records.length - whole.length;
  for (const record of whole) yield textEntry("record", record.key, record);
  told.records = whole.length;
  for (const task of new Set(whole.map((record) => record.task))) {
    for (const entry of endsOf(task, history, blobs.isWritten)) {
      yield textEntry("history", task, entry);
      told.history += 1;
    }
  }
}

/** Ends that are well, and whose fingerprints the archive holds: what failed is of no use elsewhere. */
function endsOf(task: string, history: History, isWritten: (digest: Digest) => boolean): readonly object[] {
  const ends = history
    .of(task)
    .filter(({ status, fingerprintDigest }) => status === "ok" && isWritten(fingerprintDigest));
  return ends.slice(-HISTORY_PER_TASK);
}

function textEntry(kind: "record" | "history", name: string, value: object): Entry {
  const bytes = Buffer.from(JSON.stringify(value));
  return { head: { kind, name, size: bytes.length }, bytes: [bytes] };
}
