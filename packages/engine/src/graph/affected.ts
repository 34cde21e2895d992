import { ancestors, joinRepo, type RepoPath } from "../core/path.ts";
import type { TaskId } from "../core/task-id.ts";
import { guarded } from "../plugin/guarded.ts";
import type { Project } from "../plugin/contract.ts";
import type { BaseProjects } from "../workspace/base-projects.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { inputSets } from "./inputs.ts";
import { projectChanges, type ProjectChange } from "./project-changes.ts";
import type { Task, TaskGraph } from "./task.ts";

/** Why a task is affected. */
export interface AffectedReason {
  readonly task: TaskId;
  readonly project: string;
  /** One sentence: `src/api/export.py changed`. */
  readonly because: string;
}

/** What a change is held against. */
export interface AffectedInput {
  readonly workspace: Workspace;
  /** Paths on which every task depends, such as the configuration. */
  readonly everything: ReadonlySet<RepoPath>;
  /** The projects as they were, where a file changed that makes them. */
  readonly base?: BaseProjects | undefined;
}

/** A change, with what can be said of it once for all tasks. */
interface Change {
  readonly paths: readonly RepoPath[];
  readonly workspace: Workspace;
  /** The projects at the base by their folder; empty where no manifest changed. */
  readonly before: ReadonlyMap<RepoPath, Project>;
  readonly ofProject: ProjectChange;
}

/**
 * The tasks that a change reaches: those with a changed path among their inputs, those whose project is not what it was,
 * and those that wait for one of them. Where the projects at the base cannot be told, that is every task. Pure.
 */
export function affectedTasks(
  graph: TaskGraph,
  changed: readonly RepoPath[],
  { workspace, everything, base }: AffectedInput,
): Map<TaskId, AffectedReason> {
  const reasons = new Map<TaskId, AffectedReason>();
  const forAll = changed.find((path) => everything.has(path));
  const sweeping = forAll === undefined ? unknownBase(base) : `${forAll} changed`;
  const change = changeOf(changed, workspace, base);
  for (const task of graph.order) {
    const because = sweeping ?? ownReason(task, change) ?? shapeReason(task, change) ?? inherited(task, reasons);
    if (because !== undefined) reasons.set(task.id, { task: task.id, project: task.project.name, because });
  }
  return reasons;
}

function changeOf(paths: readonly RepoPath[], workspace: Workspace, base: BaseProjects | undefined): Change {
  if (base === undefined || "unknown" in base)
    return { paths, workspace, before: new Map(), ofProject: () => undefined };
  const before = new Map(base.workspace.projects.map((project) => [project.root, project]));
  return { paths, workspace, before, ofProject: projectChanges(workspace, base.workspace) };
}

function unknownBase(base: BaseProjects | undefined): string | undefined {
  return base !== undefined && "unknown" in base
    ? `the projects at the base cannot be told: ${base.unknown}`
    : undefined;
}

function ownReason(task: Task, { paths, workspace, before }: Change): string | undefined {
  const was = before.get(task.project.root);
  const decisive = new Set([...task.project.manifests, ...(was?.manifests ?? []), ...factsRead(task)]);
  const decided = paths.find((path) => decisive.has(path)) ?? changedLock(task, paths, before);
  if (decided !== undefined) return `${decided} changed`;
  const sets = guarded(`${task.id}: inputs`, () => inputSets(task, workspace));
  if (!sets.ok) return sets.error.message;
  for (const set of sets.value) {
    const path = paths.find(set.matches);
    if (path === undefined) continue;
    const owner = workspace.owner(path);
    const foreign =
      owner !== undefined &&
      owner.name !== task.project.name &&
      task.context.upstream.some(({ name }) => name === owner.name);
    return foreign ? `depends on ${owner.name}` : `${path} changed`;
  }
  return undefined;
}

/** The files whose text the plugin's facts come from: they decide what the task is, so they affect it. */
function factsRead({ plugin, project }: Task): RepoPath[] {
  const folders = ancestors(project.root);
  return (plugin.spec.inspect?.texts ?? []).flatMap((name) => folders.map((folder) => joinRepo(folder, name)));
}

/** Whether the tool is one of the project's environment, which its locks make. A hook that throws is told of when the task is looked up. */
function usesEnvironment({ id, atom, context }: Task): boolean {
  const tools = guarded(`${id}: tools`, () => atom.tools?.(context) ?? []);
  return !tools.ok || tools.value.some(({ kind }) => kind === "python-executable" || kind === "python-module");
}

/** The first changed lock that resolves something else for the task now, or of which that cannot be told. */
function changedLock(task: Task, paths: readonly RepoPath[], before: Change["before"]): RepoPath | undefined {
  const { project, context, atom, id } = task;
  const declared = guarded(`${id}: inputs`, () => atom.inputs(context).resolved === true);
  const isForAll = !declared.ok || declared.value;
  const projects = isForAll ? [project, ...context.upstream] : usesEnvironment(task) ? [project] : [];
  return paths.find((path) => projects.some((each) => resolvesAnew(path, each, before.get(each.root))));
}

function resolvesAnew(path: RepoPath, now: Project, was: Project | undefined): boolean {
  if (now.locks?.includes(path) !== true && was?.locks?.includes(path) !== true) return false;
  const [after, earlier] = [now.resolved?.[path], was?.resolved?.[path]];
  return after === undefined || after !== earlier;
}

function shapeReason({ project }: Task, { ofProject }: Change): string | undefined {
  const change = ofProject(project);
  return change === undefined ? undefined : `its projects changed: ${change}`;
}

function inherited(task: Task, reasons: ReadonlyMap<TaskId, AffectedReason>): string | undefined {
  const before = task.dependsOn.find((id) => reasons.has(id));
  return before === undefined ? undefined : `waits for ${before}`;
}
