import type { Diagnostic } from "../core/diagnostic.ts";
import { type Blobs, openBlobs } from "./blobs.ts";
import { clonedBlobs } from "./cloned-blobs.ts";
import { type History, openHistory } from "./history.ts";
import { type CacheLayout, workTreeFolder } from "./layout.ts";
import { type Locks, openLocks } from "./lock.ts";
import { openOutputState, type OutputState } from "./outputs/output-state.ts";
import { skippedEntries } from "./problems.ts";
import type { PruneLimits } from "./choose-records.ts";
import { openRecords, type Records } from "./records.ts";
import type { WriteGuard } from "./write-guard.ts";

/** What a cache is made of. */
export interface CacheParts {
  readonly layout: CacheLayout;
  readonly guard: WriteGuard;
  readonly records: Records;
  readonly blobs: Blobs;
  /** Its writes are guarded. */
  readonly history: History;
  readonly locks: Locks;
  readonly limits: PruneLimits;
  /** The output state of each work tree that was asked for. */
  readonly states: Map<string, OutputState>;
}

/** Opens all parts; those that cannot be read are empty. */
export function openParts(layout: CacheLayout, guard: WriteGuard, limits: PruneLimits): CacheParts {
  return {
    layout,
    guard,
    limits,
    records: openRecords(layout.records),
    blobs: clonedBlobs(openBlobs(layout.blobs, layout.temporary), {
      folder: layout.blobs,
      temporary: layout.temporary,
    }),
    history: guardedHistory(openHistory(layout.history), guard),
    locks: openLocks(layout.locks),
    states: new Map(),
  };
}

/** The output state of one work tree, opened once. */
export function outputStateOf({ states, layout }: CacheParts, root: string): OutputState {
  const state = states.get(root) ?? openOutputState(workTreeFolder(layout, root));
  states.set(root, state);
  return state;
}

/** Takes in what other processes have written. */
export function reloadParts({ records, history }: CacheParts): void {
  records.reload();
  history.reload();
}

/** Reports what was passed over, each entry once. */
export function skippedReport(records: Records): () => readonly Diagnostic[] {
  let [damaged, foreign] = [0, 0];
  return () => {
    const now = records.skipped();
    const fresh = [now.damaged - damaged, now.foreign - foreign] as const;
    [damaged, foreign] = [now.damaged, now.foreign];
    return fresh.some((count) => count > 0) ? [skippedEntries("records", ...fresh)] : [];
  };
}

function guardedHistory(history: History, guard: WriteGuard): History {
  return { ...history, append: (entry) => guard.write(() => history.append(entry), undefined) };
}
