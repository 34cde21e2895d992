import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** Between two looks at what nobody tells of: who looks without a pause takes the processor from those whom it waits for. */
export const LOOK_MS: number = 5;

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

/** Ends a command whose run was killed, unless that has ended it already; settles when it is gone. */
export async function killed({ pid, ended }: { readonly pid: number; readonly ended: Promise<void> }): Promise<void> {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
  await ended;
}

/** Settles when none of these processes runs: a process closes its files a moment before it is gone. */
export async function gone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await pause(LOOK_MS);
}

/** Processes whose command line or environment names this folder. Linux. */
export function processesIn(folder: string): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) return false;
    try {
      return ["cmdline", "environ"].some((name) => readFileSync(`/proc/${pid}/${name}`, "utf8").includes(folder));
    } catch {
      return false;
    }
  });
}

/** The command lines of processes with this home. Linux. */
export function processesOf(home: string): readonly string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((pid) => {
    try {
      const isOwn = /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "utf8").includes(`HOME=${home}\0`);
      const line = isOwn ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") : "";
      return line === "" ? [] : [line];
    } catch {
      // It has ended.
      return [];
    }
  });
}
