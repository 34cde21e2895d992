import { fileURLToPath } from "node:url";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import type { Piscina } from "piscina";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import type { Atom } from "../plugin/atom.ts";
import type { IsolatedJobs } from "./isolated-jobs.ts";
import type { Job, JobResult, WorkerMessage } from "./job.ts";
import { createProcessGroups } from "./process-groups.ts";
import { tooLong, watchJob, type Execution, type ExecutionHost } from "./watch-job.ts";

/** Runs jobs, in worker threads where a plugin's code is a part of them; owns every process that they start. */
export interface Executor {
  /** Never rejects: a plugin that throws, hangs or exits gives `broken`. */
  execute(job: Job, host: ExecutionHost): Promise<JobResult>;
  /** Ends everything that runs; what waits is `broken`, too. */
  interrupt(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds that a worker has to start and to import the plugin. */
const LOAD_GRACE_MS = 60_000;

/** An executor with at most `slots` tasks at once. Threads start when there is the first job. */
export function createExecutor(slots: number): Executor {
  const groups = createProcessGroups();
  const aborts = new Set<AbortController>();
  let pool: Promise<Piscina> | undefined;
  let isolated: Promise<IsolatedJobs> | undefined;
  let interrupted = false;
  return {
    async execute(job, host) {
      const isIsolated = !job.isPlain && job.ref.kind === "isolated";
      if (isIsolated) isolated ??= createIsolated(slots);
      else if (!job.isPlain) pool ??= createPool(slots);
      groups.prepare();
      const abort = new AbortController();
      aborts.add(abort);
      try {
        if (isIsolated && isolated !== undefined)
          return await (await isolated).run({ job, host, groups, abort }, LOAD_GRACE_MS);
        return await (job.isPlain || pool === undefined
          ? runHere({ job, host, groups, abort })
          : runInPool(await pool, { job, host, groups, abort }));
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
      await (await isolated)?.close();
      await (await pool)?.close({ force: true });
    },
  };
}

/** Imported when there is a first job of an isolated plugin. */
async function createIsolated(slots: number): Promise<IsolatedJobs> {
  const { createIsolatedJobs } = await import("./isolated-jobs.ts");
  return createIsolatedJobs(slots);
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
    // A process that is started is a copy of this one's page tables: what workers hold makes every start slower.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
    idleTimeout: 1000,
    env: {},
  });
}

async function runInPool(pool: Piscina, execution: Execution): Promise<JobResult> {
  const { port1, port2 } = new MessageChannel();
  const watch = watchJob(execution, LOAD_GRACE_MS);
  port1.on("message", watch.take);
  try {
    const { signal } = execution.abort;
    const envelope = { job: execution.job, port: port2 };
    const result = (await pool.run(envelope, { transferList: [port2], signal })) as JobResult;
    return watch.isTooLong() ? tooLong(execution) : result;
  } catch (thrown) {
    if (watch.isTooLong()) return tooLong(execution);
    throw thrown;
  } finally {
    // The result and the messages come by two ways: what was said before the end may still lie here.
    for (let left = receiveMessageOnPort(port1); left !== undefined; left = receiveMessageOnPort(port1))
      watch.take(left.message as WorkerMessage);
    watch.end();
    port1.close();
  }
}

/** Runs a job of which no plugin's code is a part: a thread would only hand on what the process says. */
async function runHere(execution: Execution): Promise<JobResult> {
  const { runJob } = await import("./run-job.ts");
  const watch = watchJob(execution, 0);
  const given = new Promise<never>((_, reject) => {
    execution.abort.signal.addEventListener("abort", () => {
      reject(new Error("given up"));
    });
  });
  try {
    const result = await Promise.race([runJob(execution.job, plainAtom, watch.take), given]);
    return watch.isTooLong() ? tooLong(execution) : result;
  } catch (thrown) {
    if (watch.isTooLong()) return tooLong(execution);
    throw thrown;
  } finally {
    watch.end();
  }
}

/** All that running a plain job needs of its atom. */
function plainAtom({ command }: Job): Promise<Result<Atom, Diagnostic>> {
  const atom: Atom = {
    kind: "check",
    title: "",
    describe: "",
    inputs: () => ({}),
    command: () => command ?? { argv: [""] },
  };
  return Promise.resolve(ok(atom));
}

/** The thread is gone although the task was not done: the plugin called `process.exit`, or ran out of memory. */
function workerEnded(job: Job, thrown: unknown): JobResult {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  const diagnostic = errorOf("SYM4008", `the worker of ${job.atomId} ended before the task did: ${why}`, {
    hint: "a plugin may not call `process.exit`, and its memory is bounded; this is an error of the plugin",
  });
  return { kind: "broken", reason: "its worker ended", diagnostic };
}
