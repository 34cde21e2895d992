import { enableCompileCache } from "node:module";
import { guardChild } from "../isolation/guard-child.ts";
import type { Job, JobResult } from "./job.ts";
import { loadAtom } from "./load-atom.ts";
import { runJob } from "./run-job.ts";

guardChild();
enableCompileCache();

// Ctrl-C goes to every process of the terminal: the main one alone decides what is ended.
process.on("SIGINT", () => undefined);

/** What the pool calls in a process of an isolated plugin: one task from its start to its end. It never throws. */
export async function work(job: Job): Promise<JobResult> {
  return runJob(job, loadAtom, (message) => {
    process.send?.(message);
  });
}
