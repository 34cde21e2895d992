import { join } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import { makeFolder } from "../fingerprint/files/make-folder.ts";
import { openFileMemo } from "../fingerprint/files/file-memo.ts";
import type { Cache, Outputs, Results } from "./cache.ts";
import { type CacheParts, openParts, outputStateOf, reloadParts, skippedReport } from "./cache-parts.ts";
import { layoutOf, workTreeFolder } from "./layout.ts";
import { openMemo } from "./memo.ts";
import { alteredOutputs } from "./outputs/altered-outputs.ts";
import { captureOutputs } from "./outputs/capture-outputs.ts";
import { emptyOutputs, noteOutputs } from "./outputs/empty-outputs.ts";
import { restoreOutputs } from "./outputs/restore-outputs.ts";
import { unwritable } from "./problems.ts";
import type { PruneLimits } from "./choose-records.ts";
import { DEFAULT_LIMITS } from "./prune.ts";
import { blobsOf } from "./record.ts";
import { createUpkeep } from "./upkeep.ts";
import { createWriteGuard } from "./write-guard.ts";

/** A cache, and what was wrong with it when it was opened. */
export interface OpenedCache {
  readonly cache: Cache;
  readonly problems: readonly Diagnostic[];
}

/** Opens the cache in a folder, which is made if need be. Always gives one: a folder that cannot be used holds nothing. */
export function openCache(directory: string, limits: Partial<PruneLimits> = {}): OpenedCache {
  const layout = layoutOf(directory);
  const guard = createWriteGuard((error) => unwritable(directory, error));
  guard.write(() => makeFolder(directory), undefined);
  const parts = openParts(layout, guard, { ...DEFAULT_LIMITS, ...limits });
  const skipped = skippedReport(parts.records);
  const cache: Cache = {
    directory,
    ...createResults(parts),
    ...createOutputs(parts),
    ...createUpkeep(parts),
    history: parts.history,
    locks: parts.locks,
    fileMemo: (root) => openFileMemo(join(workTreeFolder(layout, root), "files")),
    memo: (name, limit) => openMemo(join(directory, `${name}.memo`), limit),
    reload: () => reloadParts(parts),
    isWritable: () => guard.isWritable(),
    problems: () => [...guard.takeProblems(), ...skipped()],
    close: () => closeParts(parts),
  };
  return { cache, problems: cache.problems() };
}

function createResults({ guard, records, blobs }: CacheParts): Results {
  return {
    lookup: (key, check) => guard.read("the records", () => records.find(key, check), undefined),
    candidates: (key) => guard.read("the records", () => records.under(key), []),
    store: (record, bytes) =>
      guard.write(() => {
        for (const blob of bytes) blobs.put(blob);
        if (!blobsOf(record).every((digest) => blobs.has(digest))) return false;
        records.append(record);
        return true;
      }, false),
    readBlob: (digest) => guard.told(blobs.get(digest)),
    putBlob: (bytes) => guard.write(() => blobs.put(bytes), undefined),
  };
}

function createOutputs(parts: CacheParts): Outputs {
  const storeOf = (root: string) => ({ blobs: parts.blobs, state: outputStateOf(parts, root) });
  return {
    empty: (place) => emptyOutputs(place, outputStateOf(parts, place.root)),
    note: (place) => noteOutputs(place, outputStateOf(parts, place.root)),
    altered: (root, outputs) => alteredOutputs(root, outputs, outputStateOf(parts, root)),
    capture: (capture) => captureOutputs(capture, storeOf(capture.root)),
    restore: (restore) => parts.guard.told(restoreOutputs(restore, storeOf(restore.root))),
  };
}

function closeParts({ states, locks }: CacheParts): void {
  for (const state of states.values()) state.save();
  locks.releaseAll();
}
