import type { Diagnostic } from "../core/diagnostic.ts";
import type { Holder } from "../cache/lock.ts";
import type { Task } from "../graph/task.ts";
import { hitOf, isCacheable, type Miss } from "./look-up-task.ts";
import type { Prepared } from "./prepare.ts";
import type { RunnerHost } from "./runner-host.ts";
import { skippedResult, type TaskResult } from "./task-result.ts";

/** Either the key is ours until `release`, or another process has computed it while we waited. */
export type Turn = { readonly release: () => void } | { readonly settled: TaskResult };

/** Waits until no other process computes the key; says for whom it waits. What the other has kept is then served. */
export async function takeTurn(task: Task, { prepared }: Miss, host: RunnerHost): Promise<Turn> {
  if (host.cacheMode === "off" || !isCacheable(task)) return { release: () => undefined };
  const { key } = prepared.fingerprint;
  for (let told = false; ; told = true) {
    const lock = host.cache.locks.acquire(key, task.id);
    if (lock.acquired) {
      // Another process may have finished between the look-up and now.
      host.cache.reload();
      const hit = served(task, prepared, host);
      if (hit === undefined) return lock;
      lock.release();
      return { settled: hit };
    }
    if (!told) host.emit({ type: "diagnostic", diagnostic: waiting(task, lock.heldBy) }, task.id);
    try {
      await host.cache.locks.waitFor(key, host.signal);
    } catch {
      return { settled: skippedResult(task, "interrupted") };
    }
  }
}

function served(task: Task, prepared: Prepared, host: RunnerHost): TaskResult | undefined {
  return host.cacheMode === "on" ? hitOf(task, prepared, host) : undefined;
}

function waiting(task: Task, { pid }: Holder): Diagnostic {
  return { severity: "info", code: "SYM4014", message: `${task.id} waits for process ${String(pid)}, which computes the same` };
}
