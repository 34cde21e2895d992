import { rmSync } from "node:fs";
import type { Upkeep } from "./cache.ts";
import { type CacheParts, reloadParts } from "./cache-parts.ts";
import { statusOf, verifyCache } from "./cache-status.ts";
import type { PruneLimits } from "./choose-records.ts";
import { isPruneDue, pruneCache, type Pruned } from "./prune.ts";

/** What keeps the cache small and right. */
export function createUpkeep(parts: CacheParts): Upkeep {
  const { layout, guard, records, blobs } = parts;
  const prune = (limits: Partial<PruneLimits> = {}): Pruned | undefined => pruneAlone(parts, limits);
  return {
    status() {
      const empty = { directory: layout.directory, records: 0, blobs: 0, bytes: 0, tasks: {} };
      return guard.read("the blobs", () => statusOf(layout, records), empty);
    },
    prune,
    pruneIfDue: () => (isPruneDue(layout, Date.now()) ? prune() : undefined),
    verify() {
      const nothing = { records: 0, blobs: 0, problems: [] };
      return guard.read("the blobs", () => verifyCache(layout, { blobs, records }), nothing);
    },
    clear() {
      const all = [layout.records, layout.history, layout.blobs, layout.memos, layout.temporary, layout.stamp];
      guard.write(() => all.forEach((part) => rmSync(part, { recursive: true, force: true })), undefined);
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
