import { openLocks, type Lock } from "../cache/lock.ts";
import type { StagedPlace } from "../staged/staged-place.ts";

/** Waits until nobody else works with the tree of a place, and keeps others from it until the lock is released. */
export async function takeTurn({ locks: folder }: StagedPlace, what: string, signal: AbortSignal): Promise<Lock> {
  const locks = openLocks(folder);
  for (;;) {
    const lock = locks.acquire(what);
    if (lock.acquired) return lock;
    await locks.waitFor(what, signal);
  }
}
