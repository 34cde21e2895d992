import type { RepoPath } from "../core/path.ts";
import type { Task } from "../graph/task.ts";
import type { LookupHost } from "./look-up-task.ts";

/** Outputs of the tasks right before a task that are not what those made: it may have read them so, and its key does not say it. */
export function editedOutputs(
  task: Task,
  { results, cache, root }: Pick<LookupHost, "results" | "cache" | "root">,
): readonly RepoPath[] {
  return task.dependsOn.flatMap((id) => {
    const outputs = results.get(id)?.record?.outputs ?? [];
    return outputs.length === 0 ? [] : cache.altered(root, outputs);
  });
}
