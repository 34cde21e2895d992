import { readFileSync } from "node:fs";
import { errorCode } from "../fingerprint/files/file-stat.ts";

/** A process, told from a later one with the same number by when it started. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In the system's own count; 0 where the system does not tell. */
  readonly startTime: number;
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startTime: startTimeOf(process.pid) };
}

/** Whether the process still runs on this machine. */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== "EPERM") return false;
  }
  const now = startTimeOf(pid);
  return startTime === 0 || now === 0 || now === startTime;
}

/** Field 22 of `/proc/<pid>/stat`; the second field, a name in parentheses, may hold blanks and parentheses itself. */
function startTimeOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? 0);
  } catch {
    return 0;
  }
}
