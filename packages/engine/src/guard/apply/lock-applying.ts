import { join } from "node:path";
import { openLocks, type Lock } from "../../cache/lock.ts";
import { APPLYING } from "./apply-journal.ts";

const KEY = "applying";

/** Lets one process at a time apply changes to a tree; a process that died has let go. */
export async function lockApplying(root: string, signal: AbortSignal): Promise<Lock> {
  const locks = openLocks(join(root, APPLYING, ".locks"));
  for (;;) {
    const lock = locks.acquire(KEY);
    if (lock.acquired) return lock;
    await locks.waitFor(KEY, signal);
  }
}
