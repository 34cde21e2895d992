import { displacedFiles } from "../cache/problems.ts";
import { ownedPaths, scratchPaths } from "../graph/ownership.ts";
import type { Task } from "../graph/task.ts";
import type { JobResult } from "./job.ts";
import type { RunnerHost } from "./runner-host.ts";

/**
 * Runs a task with nothing in the place of its outputs but its scratch, so that what is kept is what it made. Files that
 * were nobody's are moved aside and told of; where that cannot be done the task is broken.
 */
export async function onEmptyOutputs(
  task: Task,
  host: Pick<RunnerHost, "cache" | "root" | "runId" | "emit">,
  execute: () => Promise<JobResult>,
): Promise<JobResult> {
  if (task.atom.kind !== "build") return execute();
  const place = { root: host.root, task: task.id, owned: ownedPaths(task), scratch: scratchPaths(task) };
  const emptied = host.cache.empty({ ...place, run: host.runId });
  if (!emptied.ok) return { kind: "broken", reason: emptied.error.message, diagnostic: emptied.error };
  if (emptied.value.length > 0) host.emit({ type: "diagnostic", diagnostic: displacedFiles(emptied.value) }, task.id);
  const result = await execute();
  if (result.kind === "broken" || result.outcome.status !== "ok") host.cache.note(place);
  return result;
}
