import { setTimeout as pause } from "node:timers/promises";
import { withVariable } from "./orphans.ts";

/** By this variable processes are known that have left the group of what started them, as those of an agent's own sandbox do. */
export const MARK = "SYMBIOTIC_AGENT_RUN";

/** Milliseconds between two looks, and how many there are at most: what is killed is not gone at once. */
const LOOK_MS = 20;
const LOOKS = 100;

/** Ends whatever has this mark; settles when nothing has. Where no system tells, what stayed in the group has ended already. */
export async function endMarked(mark: string): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const left = withVariable(MARK, mark);
    if (left.length === 0) return;
    left.forEach(kill);
    await pause(LOOK_MS);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
