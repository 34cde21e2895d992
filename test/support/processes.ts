import { readFileSync } from "node:fs";

/** Whether a process runs. One that has ended and that its parent has not asked about yet does not. */
function isAlive(pid: number): boolean {
  try {
    if (process.platform === "linux")
      return !/^[ZX]/.test(
        readFileSync(`/proc/${String(pid)}/stat`, "utf8")
          .split(") ")
          .at(-1) ?? "X",
      );
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Settles when none of these processes runs: a process closes its files a moment before it is gone. */
export async function gone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await new Promise((resolve) => setImmediate(resolve));
}
