import { enableCompileCache } from "node:module";
import type { JobEnvelope, JobResult } from "./job.ts";
import { loadAtom } from "./load-atom.ts";
import { runJob } from "./run-job.ts";

// A thread begins without what the main one has set.
enableCompileCache();

/** What the pool calls in a worker: one task from its start to its end. It never throws. */
export async function work({ job, port }: JobEnvelope): Promise<JobResult> {
  try {
    return await runJob(job, loadAtom, (message) => {
      port.postMessage(message);
    });
  } finally {
    port.close();
  }
}
