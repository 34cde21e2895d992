import { getHeapStatistics } from "node:v8";
import { Worker } from "node:worker_threads";
import type { WatchdogData } from "./watchdog.ts";

/** What a process may take beside its heap: buffers, code, stacks. */
const BESIDE_HEAP = 256 * 1024 * 1024;

/** Lets this process end with the one that started it, and when it takes too much memory, whatever its code does meanwhile. */
export function guardChild(): void {
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGKILL");
  });
  const name = import.meta.url.endsWith(".ts") ? "./watchdog.ts" : "./watchdog.js";
  const watchdog = new Worker(new URL(name, import.meta.url), {
    workerData: {
      parent: process.ppid,
      memory: getHeapStatistics().heap_size_limit + BESIDE_HEAP,
    } satisfies WatchdogData,
    execArgv: [],
  });
  watchdog.unref();
}
