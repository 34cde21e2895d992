import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { type Blobs, openBlobs } from "../blobs.ts";
import { type HistoryEntry, openHistory } from "../history.ts";
import { isWhole } from "../is-whole.ts";
import { type CacheLayout, layoutOf } from "../layout.ts";
import { type Lock, openLocks } from "../lock.ts";
import type { CacheRecord } from "../record.ts";
import { openRecords } from "../records.ts";
import { type ArchiveSink, readArchive } from "./archive-reader.ts";
import { type CheckedText, checkHistory, checkRecord, identityOf } from "./check-texts.ts";
import type { TransferStep } from "./export-cache.ts";
import { stageBlobs, type StagedBlobs } from "./staged-blobs.ts";
import { hostileArchive, leftBehind, unwritableCache } from "./transfer-problems.ts";

/** What to import, and where to. */
export interface ImportRequest {
  /** Of the cache; absolute. It need not exist. */
  readonly directory: string;
  /** Absolute. */
  readonly file: string;
  /** More bytes than this, before compression, are refused. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Told now and then how far it is. */
  readonly progress: (done: TransferStep) => void;
}

/** What was taken in. */
export interface Imported {
  /** Records that the cache did not have. */
  readonly records: number;
  /** Records that it had already. */
  readonly known: number;
  /** Records of a format that this engine does not know, or right only in another place: passed over. */
  readonly foreign: number;
  /** Blobs that the cache did not have, and their bytes. */
  readonly blobs: number;
  readonly bytes: number;
  readonly history: number;
  readonly problems: readonly Diagnostic[];
}

/**
 * Takes an archive into a cache: all that is right in it, or, where it is damaged or was made to harm, nothing. Others may
 * use the cache meanwhile; the same archive a second time changes nothing. Throws an `AbortError` for the signal.
 */
export async function importCache(request: ImportRequest): Promise<Result<Imported, Diagnostic>> {
  const layout = layoutOf(request.directory);
  const blobs = openBlobs(layout.blobs, layout.temporary);
  let staged: StagedBlobs | undefined;
  try {
    staged = stageBlobs(layout, blobs);
    const texts = gatherTexts(request, staged.open);
    const read = await readArchive(request, texts.sink);
    if (!read.ok) return read;
    if (texts.hostile[0] !== undefined) return fail(hostileArchive(request.file, texts.hostile[0]));
    // While it is held nobody prunes, so what is put in place stays until a record names it.
    const lock = await pruneLock(layout, request.signal);
    try {
      const settled = staged.settle();
      return ok({ ...settled, ...takeIn(texts, { layout, blobs }), foreign: texts.foreign });
    } finally {
      lock.release();
    }
  } catch (error) {
    request.signal.throwIfAborted();
    return fail(unwritableCache(request.directory, error));
  } finally {
    staged?.close();
  }
}

interface Texts {
  readonly sink: ArchiveSink;
  readonly records: CacheRecord[];
  readonly history: HistoryEntry[];
  /** Why the archive is refused. */
  readonly hostile: string[];
  foreign: number;
}

/** Keeps the records and the history of an archive until its end is known. */
function gatherTexts(request: ImportRequest, open: ArchiveSink["blob"]): Texts {
  const now = Date.now();
  const done = { blobs: 0, bytes: 0 };
  const keep = <T>(checked: CheckedText<T>, list: T[]): void => {
    if (checked.kind === "taken") list.push(checked.value);
    else if (checked.kind === "hostile") texts.hostile.push(checked.why);
    else texts.foreign += 1;
  };
  const texts: Texts = {
    records: [],
    history: [],
    hostile: [],
    foreign: 0,
    sink: {
      blob(digest, size) {
        done.blobs += 1;
        done.bytes += size;
        request.progress({ ...done });
        return open(digest, size);
      },
      text(kind, name, bytes) {
        if (kind === "record") keep(checkRecord(name, bytes, now), texts.records);
        else keep(checkHistory(bytes), texts.history);
      },
    },
  };
  return texts;
}

async function pruneLock(layout: CacheLayout, signal: AbortSignal): Promise<Lock> {
  const locks = openLocks(layout.locks);
  for (;;) {
    const lock = locks.acquire("prune", "cache import");
    if (lock.acquired) return lock;
    await locks.waitFor("prune", signal);
  }
}

/** Appends the records that are new and whole, and what the history does not tell yet. */
function takeIn(
  texts: Texts,
  { layout, blobs }: { readonly layout: CacheLayout; readonly blobs: Blobs },
): Pick<Imported, "records" | "known" | "history" | "problems"> {
  const store = openRecords(layout.records);
  const had = new Set(store.all().map(identityOf));
  const counts = { records: 0, known: 0, left: 0 };
  for (const record of texts.records) {
    const identity = identityOf(record);
    if (had.has(identity)) counts.known += 1;
    else if (!isWhole(record, blobs)) counts.left += 1;
    else {
      had.add(identity);
      store.append(record);
      counts.records += 1;
    }
  }
  const { left, ...told } = counts;
  return { ...told, history: takeHistory(texts.history, layout), problems: left > 0 ? [leftBehind(left)] : [] };
}

/** Appends what is younger than all that the history tells of a task: its newest entry stays its last one. */
function takeHistory(entries: readonly HistoryEntry[], layout: CacheLayout): number {
  const history = openHistory(layout.history);
  const latest = new Map(entries.map(({ task }) => [task, history.latest(task)?.at ?? 0]));
  const fresh = entries.filter(({ task, at }) => at > (latest.get(task) ?? 0)).sort((a, b) => a.at - b.at);
  for (const entry of fresh) history.append(entry);
  return fresh.length;
}
