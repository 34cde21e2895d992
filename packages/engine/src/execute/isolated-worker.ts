import { enableCompileCache } from "node:module";
import { errorOf } from "../core/diagnostic.ts";
import { guardChild } from "../isolation/guard-child.ts";
import type { Job, JobResult } from "./job.ts";
import { loadAtom } from "./load-atom.ts";
import { runJob } from "./run-job.ts";

guardChild();
enableCompileCache();

// Ctrl-C goes to every process of the terminal: the main one alone decides what is ended.
process.on("SIGINT", () => undefined);

/** Characters; a result that is longer is no evidence. */
const MOST = 64 * 1024 * 1024;

/** What the pool calls in a process of an isolated plugin: one task from its start to its end. It never throws. */
export async function work(job: Job): Promise<JobResult> {
  try {
    const result = await runJob(job, loadAtom, (message) => {
      process.send?.(message);
    });
    const isShort = JSON.stringify(result).length <= MOST;
    return isShort ? result : unusable(job, `it is longer than ${String(MOST / 1024 / 1024)} MiB`);
  } catch (thrown) {
    return unusable(job, thrown instanceof Error ? (thrown.message.split("\n")[0] ?? "") : String(thrown));
  }
}

function unusable({ atomId, plugin }: Job, why: string): JobResult {
  const message = `${atomId} of the plugin ${plugin} gave no outcome that can be used: ${why}`;
  const diagnostic = errorOf("SYM4015", message, { hint: "this is an error of the plugin: tell its authors" });
  return { kind: "broken", reason: message, diagnostic };
}
