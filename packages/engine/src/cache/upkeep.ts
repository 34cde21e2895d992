import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Upkeep } from "./cache.ts";
import { type CacheParts, reloadParts } from "./cache-parts.ts";
import { namesIn } from "./blob-files.ts";
import { statusOf } from "./cache-status.ts";
import { OF_AGENTS } from "./layout.ts";
import type { PruneLimits } from "./choose-records.ts";
import { isPruneDue, pruneCache, pruneRecords, type Pruned } from "./prune.ts";
import type { CacheRecord } from "./record.ts";
import { verifyCache } from "./verify-cache.ts";

/** What keeps the cache small and right. */
export function createUpkeep(parts: CacheParts): Upkeep {
  const { layout, guard, records } = parts;
  const prune = (limits: Partial<PruneLimits> = {}): Pruned | undefined => pruneAlone(parts, limits);
  return {
    status() {
      const empty = { directory: layout.directory, records: 0, blobs: 0, bytes: 0, tasks: {} };
      return guard.read("the blobs", () => statusOf(layout, records), empty);
    },
    prune,
    pruneIfDue: () => (isPruneDue(layout, Date.now()) ? prune() : undefined),
    verify: () => verifyCache(parts),
    drop: (unwanted) => dropRecords(parts, unwanted),
    clear() {
      const all = [layout.records, layout.history, layout.blobs, layout.memos, layout.temporary, layout.stamp];
      guard.write(() => {
        const memos = namesIn(layout.directory).filter((name) => name.endsWith(".memo"));
        const further = [...memos, ...Object.values(OF_AGENTS)].map((name) => join(layout.directory, name));
        for (const part of [...all, ...further]) rmSync(part, { recursive: true, force: true });
      }, undefined);
      reloadParts(parts);
    },
  };
}

function pruneAlone(parts: CacheParts, limits: Partial<PruneLimits>): Pruned | undefined {
  const lock = parts.locks.acquire("prune");
  if (!lock.acquired) return undefined;
  try {
    const all = { ...parts.limits, ...limits };
    return parts.guard.write(() => pruneCache(parts.layout, all, Date.now()), undefined);
  } finally {
    lock.release();
    reloadParts(parts);
  }
}

function dropRecords(parts: CacheParts, unwanted: readonly CacheRecord[]): boolean {
  const lock = parts.locks.acquire("prune", "drop");
  if (!lock.acquired) return false;
  try {
    const dropped = new Set(unwanted.map((record) => JSON.stringify(record)));
    return parts.guard.write(() => pruneRecords(parts.layout, { dropped }) >= 0, false);
  } finally {
    lock.release();
    reloadParts(parts);
  }
}
