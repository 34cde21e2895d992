import type { Evidence } from "../core/evidence.ts";
import type { RepoPath } from "../core/path.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Digest } from "../fingerprint/record.ts";
import { affectedTasks } from "../graph/affected.ts";
import type { Task, TaskGraph } from "../graph/task.ts";
import { guarded } from "../plugin/guarded.ts";
import { keptHit, type LookupHost } from "./look-up-task.ts";
import { keptText } from "./replay.ts";
import type { TaskResult } from "./task-result.ts";

/** What an earlier run tells of this one. */
export interface Kept {
  /** The inputs that changed since; nothing else did. */
  readonly changed: readonly RepoPath[];
  readonly keys: ReadonlyMap<TaskId, Digest>;
}

/**
 * Finds the results of tasks that no changed input reaches: they have the keys that they had, and their outputs are known
 * to be in place. Undefined for every other task, which is looked up as always.
 */
export function createKeptTasks(
  { changed, keys }: Kept,
  graph: TaskGraph,
  host: LookupHost,
): (task: Task) => TaskResult | undefined {
  const reached = affectedTasks(graph, changed, { workspace: host.workspace, everything: new Set() });
  return (task) => {
    const key = keys.get(task.id);
    if (key === undefined || reached.has(task.id) || task.atom.when !== undefined) return undefined;
    const tools = guarded(`${task.id}: tools`, () => task.atom.tools?.(task.context));
    if (!tools.ok) return undefined;
    const found = tools.value && host.findTool(task, tools.value);
    const record = found?.ok === false ? undefined : host.cache.lookup(key, () => true);
    const text = record?.task === task.id ? keptText(record, "evidence", host.cache) : undefined;
    if (record === undefined || text === undefined) return undefined;
    return keptHit(
      task,
      { record, evidence: JSON.parse(text) as Evidence },
      found?.ok === true ? found.value : undefined,
    );
  };
}
