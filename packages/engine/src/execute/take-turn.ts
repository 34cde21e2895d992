import type { Diagnostic } from "../core/diagnostic.ts";
import type { Holder, Lock } from "../cache/lock.ts";
import { sha256 } from "../fingerprint/digest.ts";
import type { Task } from "../graph/task.ts";
import { hitOf, isKept, type Miss } from "./look-up-task.ts";
import type { Prepared } from "./prepare.ts";
import type { RunnerHost } from "./runner-host.ts";
import { skippedResult, type TaskResult } from "./task-result.ts";

/** Either the key is ours until `release`, or another process has computed it while we waited. */
export type Turn = { readonly release: () => void } | { readonly settled: TaskResult };

/**
 * Waits until no other process computes the key or uses the task's own folder; says for whom it waits. What the other has
 * kept is then served. The two are always taken in this order, so that nobody waits for each other.
 */
export async function takeTurn(task: Task, { prepared }: Miss, host: RunnerHost): Promise<Turn> {
  const isShared = host.cacheMode !== "off" && isKept(task, prepared);
  const key = isShared ? await wait(prepared.fingerprint.key, task, host) : undefined;
  if (key === "interrupted") return { settled: skippedResult(task, { reason: "interrupted", by: "stop" }) };
  // Another process may have finished between the look-up and now.
  if (isShared) host.cache.reload();
  const hit = isShared ? served(task, prepared, host) : undefined;
  const folder = hit === undefined ? await wait(sha256(`out\0${host.root}\0${task.id}`), task, host) : undefined;
  if (hit === undefined && folder !== "interrupted")
    return { release: () => [folder, key].forEach((lock) => lock?.release()) };
  key?.release();
  return { settled: hit ?? skippedResult(task, { reason: "interrupted", by: "stop" }) };
}

async function wait(name: string, task: Task, host: RunnerHost): Promise<Lock | "interrupted"> {
  for (let told = false; ; told = true) {
    const lock = host.cache.locks.acquire(name, task.id);
    if (lock.acquired) return lock;
    if (!told) host.emit({ type: "diagnostic", diagnostic: waiting(task, lock.heldBy) }, task.id);
    try {
      await host.cache.locks.waitFor(name, host.signal);
    } catch {
      return "interrupted";
    }
  }
}

function served(task: Task, prepared: Prepared, host: RunnerHost): TaskResult | undefined {
  return host.cacheMode === "on" ? hitOf(task, prepared, host) : undefined;
}

function waiting(task: Task, { pid }: Holder): Diagnostic {
  return {
    severity: "info",
    code: "SYM4014",
    message: `${task.id} waits for process ${String(pid)}, which runs it too`,
    hint: "nothing to do: its result is taken over when it is there",
  };
}
