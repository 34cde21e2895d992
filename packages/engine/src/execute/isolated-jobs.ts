import { fileURLToPath } from "node:url";
import { errorOf } from "../core/diagnostic.ts";
import { because, printedLine } from "../isolation/failures.ts";
import { createRemote, LostProcess, type Remote } from "../isolation/run-remote.ts";
import type { Loss } from "../isolation/messages.ts";
import type { PluginRef } from "../plugin/load.ts";
import { createRedactor } from "../redact/redact.ts";
import type { Job, JobResult, WorkerMessage } from "./job.ts";
import { redactResult } from "./redact-result.ts";
import { tooLong, watchJob, type Execution } from "./watch-job.ts";

/** Runs the jobs of isolated plugins, each plugin's in processes of its own. */
export interface IsolatedJobs {
  /** Rejects when it is given up. `loadMs`: how long the plugin may take to load. */
  run(execution: Execution, loadMs: number): Promise<JobResult>;
  close(): Promise<void>;
}

/** Milliseconds after which a process that has nothing to do is ended. */
const IDLE_MS = 1000;

/** At most `slots` processes a plugin; they start when there is the first job. */
export function createIsolatedJobs(slots: number): IsolatedJobs {
  const remotes = new Map<string, Remote>();
  const remoteOf = ({ ref }: Job): Remote => {
    const key = `${ref.url} ${String(memoryOf(ref))}`;
    const remote = remotes.get(key) ?? createPluginRemote(slots, memoryOf(ref));
    remotes.set(key, remote);
    return remote;
  };
  return {
    run: (execution, loadMs) => runRemotely(remoteOf(execution.job), execution, loadMs),
    async close() {
      await Promise.all([...remotes.values()].map((remote) => remote.close()));
    },
  };
}

function memoryOf(ref: PluginRef): number {
  return ref.kind === "isolated" ? ref.memoryMb : 0;
}

function createPluginRemote(processes: number, memoryMb: number): Remote {
  const name = import.meta.url.endsWith(".ts") ? "./isolated-worker.ts" : "./isolated-worker.js";
  const filename = fileURLToPath(new URL(name, import.meta.url));
  return createRemote({ filename, name: "work", processes, memoryMb, idleMs: IDLE_MS });
}

async function runRemotely(remote: Remote, execution: Execution, loadMs: number): Promise<JobResult> {
  const { job, abort } = execution;
  const watch = watchJob(execution, loadMs);
  try {
    const host = {
      signal: abort.signal,
      told: (message: unknown): void => {
        if (isWorkerMessage(message)) watch.take(message);
      },
      printed: (bytes: number): void => {
        execution.host.line("stderr", printedLine(bytes, job.plugin));
      },
    };
    const result = (await remote.run(job, host)) as JobResult;
    return watch.isTooLong() ? tooLong(execution) : result;
  } catch (thrown) {
    if (watch.isTooLong()) return tooLong(execution);
    if (thrown instanceof LostProcess && thrown.loss.why !== "cancelled") return processEnded(job, thrown.loss);
    throw thrown;
  } finally {
    watch.end();
  }
}

/** A plugin's code may send what it likes from its process. */
function isWorkerMessage(message: unknown): message is WorkerMessage {
  if (typeof message !== "object" || message === null || !("type" in message)) return false;
  if (message.type === "working") return true;
  if (message.type === "line") return "line" in message && typeof message.line === "string" && hasStream(message);
  if (message.type !== "process-started" && message.type !== "process-ended") return false;
  // Process 1 and below are no group that a task can have started, and signals to them reach others.
  return "pid" in message && Number.isSafeInteger(message.pid) && Number(message.pid) > 1;
}

function hasStream(message: object): boolean {
  return "stream" in message && (message.stream === "stdout" || message.stream === "stderr");
}

/** The process is gone although the task was not done. */
function processEnded(job: Job, { why, lastWords }: Loss): JobResult {
  const memory = `${String(memoryOf(job.ref))} MiB`;
  const [cause, hint] =
    why === "memory"
      ? [
          `it took more than ${memory}`,
          "raise `limits.memoryMb` where the configuration names the plugin, or tell its authors",
        ]
      : why === "exited"
        ? [
            `it exited or crashed${because(lastWords)}`,
            "a plugin may not call `process.exit`; this is an error of the plugin: tell its authors",
          ]
        : ["it could not be started", "check that there is memory and that processes can be started"];
  const message = `the process of the isolated plugin ${job.plugin} ended before ${job.atomId} did: ${cause}`;
  const result: JobResult = {
    kind: "broken",
    reason: `its process ended: ${cause}`,
    diagnostic: errorOf("SYM4008", message, { hint }),
  };
  return redactResult(result, createRedactor({ secretValues: job.secretValues }));
}
