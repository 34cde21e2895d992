import { readFileSync } from "node:fs";

/** Whether a process runs. One that has ended and that its parent has not asked about yet does not. */
export function isAlive(pid: number): boolean {
  try {
    if (process.platform === "linux") return !/^[ZX]/.test(readFileSync(`/proc/${String(pid)}/stat`, "utf8").split(") ").at(-1) ?? "X");
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
