import { join } from "node:path";
import { openLocks } from "../../cache/lock.ts";

/** Does something with the stacks of a repository, of which one process at a time does anything: a stack is one thing. Waits for its turn. */
export async function inTurn<T>(commonDir: string, signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  const locks = openLocks(join(commonDir, "symbiotic", "stacks"));
  for (;;) {
    const lock = locks.acquire("stack", "publish");
    if (!lock.acquired) {
      await locks.waitFor("stack", signal);
      continue;
    }
    try {
      return await act();
    } finally {
      lock.release();
    }
  }
}
