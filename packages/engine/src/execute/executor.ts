import { fileURLToPath } from "node:url";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import type { Piscina } from "piscina";
import { errorOf } from "../core/diagnostic.ts";
import type { Job, JobResult, WorkerMessage } from "./job.ts";
import { createProcessGroups, type ProcessGroups } from "./process-groups.ts";

/** What one execution tells while it goes on. */
export interface ExecutionHost {
  readonly timeoutMs: number;
  readonly line: (stream: "stdout" | "stderr", line: string) => void;
}

/** Runs jobs in worker threads; owns every process that they start. */
export interface Executor {
  /** Never rejects: a plugin that throws, hangs or exits gives `broken`. */
  execute(job: Job, host: ExecutionHost): Promise<JobResult>;
  /** Ends everything that runs; what waits is `broken`, too. */
  interrupt(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds that a worker has, beyond the process's end, to parse what it printed. */
const PARSE_GRACE_MS = 10_000;
/** Milliseconds that a worker has to start and to import the plugin. */
const LOAD_GRACE_MS = 60_000;

/** An executor with at most `slots` tasks at once. Threads start when there is the first job. */
export function createExecutor(slots: number): Executor {
  const groups = createProcessGroups();
  const aborts = new Set<AbortController>();
  let pool: Promise<Piscina> | undefined;
  let interrupted = false;
  return {
    async execute(job, host) {
      pool ??= createPool(slots);
      const abort = new AbortController();
      aborts.add(abort);
      try {
        return await runInPool(await pool, { job, host, groups, abort });
      } catch (thrown) {
        return interrupted ? { kind: "broken", reason: "interrupted" } : workerEnded(job, thrown);
      } finally {
        aborts.delete(abort);
      }
    },
    async interrupt() {
      interrupted = true;
      await groups.terminateAll();
      for (const abort of aborts) abort.abort();
    },
    async close() {
      groups.close();
      await (await pool)?.close({ force: true });
    },
  };
}

/** Imported when there is a first miss: a full hit needs no pool. */
async function createPool(slots: number): Promise<Piscina> {
  const { Piscina } = await import("piscina");
  const name = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
  return new Piscina({
    filename: fileURLToPath(new URL(name, import.meta.url)),
    name: "work",
    minThreads: 0,
    maxThreads: slots,
    concurrentTasksPerWorker: 1,
    idleTimeout: 1000,
    env: {},
  });
}

interface Execution {
  readonly job: Job;
  readonly host: ExecutionHost;
  readonly groups: ProcessGroups;
  readonly abort: AbortController;
}

async function runInPool(pool: Piscina, { job, host, groups, abort }: Execution): Promise<JobResult> {
  const { port1, port2 } = new MessageChannel();
  const pids = new Set<number>();
  const clock = { timedOut: false };
  const stop = (): void => {
    clock.timedOut = true;
    for (const pid of pids) groups.terminate(pid);
    // A worker that holds no process, or does not notice its end, hangs in the plugin's own code.
    setTimeout(
      () => {
        abort.abort();
      },
      pids.size === 0 ? 0 : PARSE_GRACE_MS,
    ).unref();
  };
  // Until the worker has loaded the plugin the task has not begun: a busy machine does not count against it.
  let timer = setTimeout(stop, host.timeoutMs + LOAD_GRACE_MS);
  const take = (message: WorkerMessage): void => {
    if (message.type === "line") host.line(message.stream, message.line);
    else if (message.type === "working") {
      clearTimeout(timer);
      timer = setTimeout(stop, host.timeoutMs);
    } else if (message.type === "process-started") {
      pids.add(message.pid);
      groups.started(message.pid);
    } else if (pids.delete(message.pid)) groups.ended(message.pid);
  };
  port1.on("message", take);
  try {
    const result = (await pool.run({ job, port: port2 }, { transferList: [port2], signal: abort.signal })) as JobResult;
    return clock.timedOut ? tooLong(job, host) : result;
  } catch (thrown) {
    if (clock.timedOut) return tooLong(job, host);
    throw thrown;
  } finally {
    // The result and the messages come by two ways: what was said before the end may still lie here.
    for (let left = receiveMessageOnPort(port1); left !== undefined; left = receiveMessageOnPort(port1))
      take(left.message as WorkerMessage);
    clearTimeout(timer);
    for (const pid of pids) groups.terminate(pid);
    port1.close();
  }
}

function tooLong(job: Job, host: ExecutionHost): JobResult {
  const reason = `it took longer than ${String(host.timeoutMs / 1000)} s and was ended`;
  return {
    kind: "broken",
    reason,
    diagnostic: errorOf("SYM4005", `${job.atomId}: ${reason}`, {
      hint: "raise `timeout` in the configuration, or the atom's own `timeoutMs`",
    }),
  };
}

/** The thread is gone although the task was not done: the plugin called `process.exit`, or ran out of memory. */
function workerEnded(job: Job, thrown: unknown): JobResult {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  const diagnostic = errorOf("SYM4008", `the worker of ${job.atomId} ended before the task did: ${why}`, {
    hint: "a plugin may not call `process.exit`, and its memory is bounded; this is an error of the plugin",
  });
  return { kind: "broken", reason: "its worker ended", diagnostic };
}
