import { join } from "node:path";
import { openLocks, type Lock } from "../../cache/lock.ts";

/** Not among the changes: where none is on its way, their folder is not there. */
const LOCKS = ".symbiotic/applying.locks";
const KEY = "applying";

/** Lets one process at a time apply changes to a tree; a process that died has let go. */
export async function lockApplying(root: string, signal: AbortSignal): Promise<Lock> {
  const locks = openLocks(join(root, LOCKS));
  for (;;) {
    const lock = locks.acquire(KEY);
    if (lock.acquired) return lock;
    await locks.waitFor(KEY, signal);
  }
}
