import type { Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import type { Holder, Lock } from "../cache/lock.ts";
import { sha256 } from "../fingerprint/digest.ts";
import type { Task } from "../graph/task.ts";
import { perProject } from "../plugin/per-project.ts";
import { hitOf, isKept, type Miss } from "./look-up-task.ts";
import type { Prepared } from "./prepare.ts";
import type { RunnerHost } from "./runner-host.ts";
import { skippedResult, type TaskResult } from "./task-result.ts";

/** Either the key is ours until `release`, or another process has computed it while we waited. */
export type Turn = { readonly release: () => void } | { readonly settled: TaskResult };

/**
 * Waits until no other process computes the key, uses the task's own folder, or holds one of its mutexes; says for whom
 * it waits. What the other has kept is then served. Locks are always taken in this order, the mutexes by name, so that
 * nobody waits for each other.
 */
export async function takeTurn(task: Task, { prepared }: Miss, host: RunnerHost): Promise<Turn> {
  const mutexes = mutexesOf(task);
  const isShared = host.cacheMode !== "off" && isKept(task, prepared);
  const held: Lock[] = [];
  const release = (): void => held.reverse().forEach((lock) => lock.release());
  const take = async (name: string, why: Why): Promise<boolean> => {
    const lock = await wait(name, task, { host, why });
    if (lock !== undefined) held.push(lock);
    return lock !== undefined;
  };
  const stopped = (): Turn => {
    release();
    return { settled: skippedResult(task, { reason: "interrupted", by: "stop" }) };
  };
  if (isShared) {
    if (!(await take(prepared.fingerprint.key, SAME_TASK))) return stopped();
    // Another process may have finished between the look-up and now.
    host.cache.reload();
    const hit = served(task, prepared, host);
    if (hit !== undefined) {
      release();
      return { settled: hit };
    }
  }
  if (!(await take(outLock(task, host), SAME_TASK))) return stopped();
  for (const name of mutexes)
    if (
      !(await take(sha256(`mutex\0${name}`), {
        what: `which holds the mutex \`${name}\``,
        then: "it goes on when that is free",
      }))
    )
      return stopped();
  return { release };
}

/**
 * Takes the turn of a task if nobody else has any part of it; undefined where somebody has. Who takes several at once may
 * wait for none of them: two who do so would wait for each other.
 */
export function takeTurnNow(task: Task, { prepared }: Miss, host: RunnerHost): Turn | undefined {
  const names = [
    ...(host.cacheMode !== "off" && isKept(task, prepared) ? [prepared.fingerprint.key] : []),
    outLock(task, host),
  ];
  const held: Lock[] = [];
  const release = (): void => held.reverse().forEach((lock) => lock.release());
  for (const name of names) {
    const lock = host.cache.locks.acquire(name, task.id);
    if (!lock.acquired) {
      release();
      return undefined;
    }
    held.push(lock);
  }
  host.cache.reload();
  const hit = served(task, prepared, host);
  if (hit === undefined) return { release };
  release();
  return { settled: hit };
}

function outLock({ id }: Task, { root }: RunnerHost): string {
  return sha256(`out\0${root}\0${id}`);
}

/** For whom a task waits, and what comes of it. */
interface Why {
  readonly what: string;
  readonly then: string;
}

const SAME_TASK: Why = { what: "which runs it too", then: "its result is taken over when it is there" };

/** Sorted, each once. In one process the scheduler lets one at a time have each; these are for the other processes. */
function mutexesOf({ atom, context }: Task): readonly string[] {
  const { mutex = [] } = atom.resources === undefined ? {} : perProject(atom.resources, context);
  return [...new Set(mutex)].sort(byCodeUnit);
}

/** The lock when nobody else has it; undefined where the run is to stop first. */
async function wait(
  name: string,
  task: Task,
  { host, why }: { readonly host: RunnerHost; readonly why: Why },
): Promise<Lock | undefined> {
  for (let told = false; ; told = true) {
    const lock = host.cache.locks.acquire(name, task.id);
    if (lock.acquired) return lock;
    if (!told) host.emit({ type: "diagnostic", diagnostic: waiting(task, lock.heldBy, why) }, task.id);
    try {
      await host.cache.locks.waitFor(name, host.signal);
    } catch {
      return undefined;
    }
  }
}

function served(task: Task, prepared: Prepared, host: RunnerHost): TaskResult | undefined {
  return host.cacheMode === "on" ? hitOf(task, prepared, host) : undefined;
}

function waiting(task: Task, { pid }: Holder, { what, then }: Why): Diagnostic {
  return {
    severity: "info",
    code: "SYM4014",
    message: `${task.id} waits for process ${String(pid)}, ${what}`,
    hint: `nothing to do: ${then}`,
  };
}
