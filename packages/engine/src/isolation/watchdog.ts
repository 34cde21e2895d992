import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { OUT_OF_MEMORY } from "./messages.ts";

// A thread in each process of an isolated plugin: the plugin's code may keep the main one busy for ever.

/** What the watchdog holds the process against. */
export interface WatchdogData {
  /** Who started the process: without it the process has no reason to be. */
  readonly parent: number;
  /** Bytes of memory that the process may take, of any kind. */
  readonly memory: number;
}

const EVERY_MS = 100;
const { parent, memory } = workerData as WatchdogData;

setInterval(() => {
  if (!isParentThere()) end();
  if (process.memoryUsage.rss() > memory) {
    writeSync(2, `${OUT_OF_MEMORY}\n`);
    end();
  }
}, EVERY_MS);

/** Elsewhere a process without a parent is given another one; Windows keeps the number of one that is gone. */
function isParentThere(): boolean {
  if (process.platform !== "win32") return process.ppid === parent;
  try {
    return process.kill(parent, 0);
  } catch {
    return false;
  }
}

function end(): void {
  process.kill(process.pid, "SIGKILL");
}
