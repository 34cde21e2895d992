import { ancestors, joinRepo, type RepoPath } from "../core/path.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { inputSets } from "./inputs.ts";
import type { Task, TaskGraph } from "./task.ts";

/** Why a task is affected. */
export interface AffectedReason {
  readonly task: TaskId;
  readonly project: string;
  /** One sentence: `src/api/export.py changed`. */
  readonly because: string;
}

/**
 * The tasks that a change reaches: those with a changed path among their inputs, and those that wait for one of them.
 * `everything`: changed paths on which every task depends, such as the configuration. Pure.
 */
export function affectedTasks(
  graph: TaskGraph,
  changed: readonly RepoPath[],
  { workspace, everything }: { readonly workspace: Workspace; readonly everything: ReadonlySet<RepoPath> },
): Map<TaskId, AffectedReason> {
  const reasons = new Map<TaskId, AffectedReason>();
  const forAll = changed.find((path) => everything.has(path));
  for (const task of graph.order) {
    const because = (forAll === undefined ? undefined : `${forAll} changed`) ?? ownReason(task, changed, workspace) ?? inherited(task, reasons);
    if (because !== undefined) reasons.set(task.id, { task: task.id, project: task.project.name, because });
  }
  return reasons;
}

function ownReason(task: Task, changed: readonly RepoPath[], workspace: Workspace): string | undefined {
  const manifests = new Set(task.project.manifests);
  const manifest = changed.find((path) => manifests.has(path));
  if (manifest !== undefined) return `${manifest} changed`;
  const read = factsRead(task);
  const settings = changed.find((path) => read.has(path));
  if (settings !== undefined) return `${settings} changed`;
  for (const set of inputSets(task, workspace)) {
    const path = changed.find(set.matches);
    if (path === undefined) continue;
    const owner = workspace.owner(path);
    const foreign = owner !== undefined && owner.name !== task.project.name && task.context.upstream.some(({ name }) => name === owner.name);
    return foreign ? `depends on ${owner.name}` : `${path} changed`;
  }
  return undefined;
}

/** The files whose text the plugin's facts come from: they decide what the task is, so they affect it. */
function factsRead({ plugin, project }: Task): ReadonlySet<RepoPath> {
  const folders = ancestors(project.root);
  return new Set((plugin.spec.inspect?.texts ?? []).flatMap((name) => folders.map((folder) => joinRepo(folder, name))));
}

function inherited(task: Task, reasons: ReadonlyMap<TaskId, AffectedReason>): string | undefined {
  const before = task.dependsOn.find((id) => reasons.has(id));
  return before === undefined ? undefined : `waits for ${before}`;
}
