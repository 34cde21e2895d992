import { join } from "node:path";
import { openLocks } from "../../cache/lock.ts";

/** What in a repository one process at a time does something with: its stacks, which are one thing; or the beginning of a workflow. */
export interface Turn {
  readonly commonDir: string;
  readonly name: "stack" | "workflow";
}

/** Does something of which one process at a time does anything. Waits for its turn. */
export async function inTurn<T>({ commonDir, name }: Turn, signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  const locks = openLocks(join(commonDir, "symbiotic", "turns"));
  for (;;) {
    const lock = locks.acquire(name, name);
    if (!lock.acquired) {
      await locks.waitFor(name, signal);
      continue;
    }
    try {
      return await act();
    } finally {
      lock.release();
    }
  }
}
