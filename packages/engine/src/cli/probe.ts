import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import type { Cache } from "../cache/cache.ts";
import { openCache } from "../cache/open-cache.ts";
import { lookUpTask, type Miss } from "../execute/look-up-task.ts";
import { createLookupHost } from "../execute/lookup-host.ts";
import type { TaskResult } from "../execute/task-result.ts";
import type { Task } from "../graph/task.ts";
import { cacheDirectory, type Opened } from "../open.ts";
import { plan, type Plan } from "../plan.ts";
import { lookupParts } from "../lookup.ts";
import type { RunRequest } from "../request.ts";

/** What would become of a task if it were run now. */
export type Prospect =
  | { readonly task: Task; readonly kind: "settled"; readonly result: TaskResult }
  | { readonly task: Task; readonly kind: "miss"; readonly miss: Miss }
  | { readonly task: Task; readonly kind: "depends"; readonly on: readonly string[] };

/** Looks every task of a plan up and runs none. */
export function probe<T>(
  opened: Opened,
  request: RunRequest,
  use: (prospects: readonly Prospect[], cache: Cache, plan: Plan) => T,
): Result<T, readonly Diagnostic[]> {
  const planned = plan(opened, request);
  if (!planned.ok) return planned;
  const { cache } = openCache(cacheDirectory(opened, request.cacheDir));
  const results = new Map<string, TaskResult>();
  const { host, save } = createLookupHost({ ...lookupParts(opened, request, planned.value), cache, results });
  const prospects = planned.value.graph.order.map((task): Prospect => {
    const on = task.dependsOn.filter((id) => planned.value.graph.task(id) !== undefined && !results.has(id));
    if (on.length > 0) return { task, kind: "depends", on };
    const found = lookUpTask(task, host);
    if (!("settled" in found)) return { task, kind: "miss", miss: found.miss };
    results.set(task.id, found.settled);
    return { task, kind: "settled", result: found.settled };
  });
  const used = use(prospects, cache, planned.value);
  save();
  cache.close();
  return ok(used);
}
