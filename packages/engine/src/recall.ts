import { statSync } from "node:fs";
import { join } from "node:path";
import type { Emit } from "./core/event.ts";
import { pruneRuns } from "./journal/prune-runs.ts";
import { createRunRecord, type RunRecord } from "./journal/run-record.ts";
import { createEmitter } from "./report/emitter.ts";
import type { Reporter } from "./report/reporter.ts";
import { hasNews } from "./snapshot/look-at-tree.ts";
import { keptResults, type KeptResults } from "./snapshot/kept-results.ts";
import type { KeptEvents, Snapshot } from "./snapshot/snapshot.ts";
import { writeSnapshot } from "./snapshot/snapshot-file.ts";
import { findSnapshot, type LookRequest } from "./find-snapshot.ts";

/** What a run is recalled by, and who is told. */
export interface RecallRequest extends LookRequest {
  readonly command: string;
  /** A clock in milliseconds that never goes back. */
  readonly now: () => number;
  readonly startedAt: Date;
  /** Aborted when the run is to stop: nothing is told then. */
  readonly signal: AbortSignal;
  readonly reporters: (record: RunRecord) => readonly Reporter[];
}

/** What came of recalling a run: it was told, or only inputs changed and the rest of it is known. */
export type Recalled = { readonly exitCode: number } | { readonly kept: KeptResults };

/**
 * Tells a run of which nothing changed since it was remembered, without opening, planning or looking anything up. Gives its
 * exit code. Where inputs changed it gives what is known beside them; undefined where more may have changed. In both
 * cases nothing has happened.
 */
export async function recall(request: RecallRequest): Promise<Recalled | undefined> {
  const begin = request.now();
  const found = await findSnapshot(request, request.command);
  if (found === undefined || request.signal.aborted) return undefined;
  const { stored, look, file } = found;
  const { snapshot } = stored;
  if (look.edited.length > 0) return { kept: keptResults(stored, look.edited, request.startedAt.getTime()) };
  const events = JSON.parse(stored.events()) as KeptEvents;
  const record = createRunRecord(snapshot.root, request.startedAt);
  if (!record.ok) return undefined;
  const exitCode = await tell({ snapshot, events }, record.value, { ...request, begin });
  if (hasNews(look) || snapshot.wrote === true)
    writeSnapshot(file, { ...stored, snapshot: { ...snapshot, wrote: undefined } });
  await keepSmall(snapshot, request.startedAt.getTime());
  return { exitCode };
}

async function tell(
  { snapshot: { started, finished }, events }: { readonly snapshot: Snapshot; readonly events: KeptEvents },
  record: RunRecord,
  { begin, now, version, startedAt, reporters: make }: RecallRequest & { readonly begin: number },
): Promise<number> {
  const reporters = make(record);
  const emit: Emit = createEmitter({ run: record.id, now, reporters });
  emit({ type: "run-started", version, startedAt: startedAt.toISOString(), ...started });
  for (const [event, task] of events) emit(event, task ?? undefined);
  emit({ type: "run-finished", ...finished, durationMs: Math.round(now() - begin), directory: record.folder });
  for (const reporter of reporters) reporter.close();
  for (const reporter of reporters) await reporter.finish?.();
  return finished.exitCode;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** What is left behind is kept small by every run; where nothing is due, a look at one time says so. */
async function keepSmall({ cache: directory, limits, root }: Snapshot, at: number): Promise<void> {
  pruneRuns(root, at);
  const pruned = statSync(join(directory, "pruned"), { throwIfNoEntry: false });
  if (pruned !== undefined && at - pruned.mtimeMs < DAY_MS) return;
  const { openCache } = await import("./cache/open-cache.ts");
  const { cache } = openCache(directory, limits);
  cache.pruneIfDue();
  cache.close();
}
