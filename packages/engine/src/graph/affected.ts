import { ancestors, joinRepo, type RepoPath } from "../core/path.ts";
import type { TaskId } from "../core/task-id.ts";
import { guarded } from "../plugin/guarded.ts";
import type { Project } from "../plugin/project.ts";
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
  /** The changed path that decided it, where it was one of this task's own. */
  readonly path?: RepoPath;
  /** The affected task that it waits for, where that is why. */
  readonly after?: TaskId;
}

type Reason = Omit<AffectedReason, "task" | "project">;

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
  /** Those of the paths that are or were the lock of some project. */
  readonly locks: readonly RepoPath[];
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
  const sweeping = forAll === undefined ? unknownBase(base) : changedPath(forAll);
  const change = changeOf(changed, workspace, base);
  for (const task of graph.order) {
    const reason = sweeping ?? ownReason(task, change) ?? shapeReason(task, change) ?? inherited(task, reasons);
    if (reason !== undefined) reasons.set(task.id, { task: task.id, project: task.project.name, ...reason });
  }
  return reasons;
}

/** Whether a file, existing or not, would be one that a task reads, or that decides what the task is. */
export function dependsOnFile(task: Task, path: RepoPath, workspace: Workspace): boolean {
  return ownReason(task, changeOf([path], workspace, undefined)) !== undefined;
}

function changeOf(paths: readonly RepoPath[], workspace: Workspace, base: BaseProjects | undefined): Change {
  const was = base === undefined || "unknown" in base ? undefined : base.workspace;
  const all = new Set([...workspace.projects, ...(was?.projects ?? [])].flatMap((project) => project.locks ?? []));
  return {
    paths,
    locks: paths.filter((path) => all.has(path)),
    workspace,
    before: new Map(was?.projects.map((project) => [project.root, project])),
    ofProject: was === undefined ? () => undefined : projectChanges(workspace, was),
  };
}

function unknownBase(base: BaseProjects | undefined): Reason | undefined {
  return base !== undefined && "unknown" in base
    ? { because: `the projects at the base cannot be told: ${base.unknown}` }
    : undefined;
}

function changedPath(path: RepoPath): Reason {
  return { because: `${path} changed`, path };
}

function ownReason(task: Task, { paths, locks, workspace, before }: Change): Reason | undefined {
  const was = before.get(task.project.root);
  const isManifest = (path: RepoPath): boolean =>
    task.project.manifests.includes(path) || was?.manifests.includes(path) === true;
  const decided = paths.find((path) => isManifest(path) || isFact(path, task)) ?? changedLock(task, locks, before);
  if (decided !== undefined) return changedPath(decided);
  const sets = guarded(`${task.id}: inputs`, () => inputSets(task, workspace));
  if (!sets.ok) return { because: sets.error.message };
  for (const set of sets.value) {
    const path = paths.find(set.matches);
    if (path === undefined) continue;
    const owner = workspace.owner(path);
    const foreign =
      owner !== undefined &&
      owner.name !== task.project.name &&
      task.context.upstream.some(({ name }) => name === owner.name);
    return foreign ? { because: `depends on ${owner.name}`, path } : changedPath(path);
  }
  return undefined;
}

/** Whether the plugin's facts come from the text of this file: it decides what the task is, so it affects it. */
function isFact(path: RepoPath, { plugin, project }: Task): boolean {
  const names = plugin.spec.inspect?.texts ?? [];
  return names.some(
    (name) => path.endsWith(name) && ancestors(project.root).some((each) => joinRepo(each, name) === path),
  );
}

/** Whether the tool is one of the project's environment, which its locks make. A hook that throws is told of when the task is looked up. */
function usesEnvironment({ id, atom, context }: Task): boolean {
  const tools = guarded(`${id}: tools`, () => atom.tools?.(context) ?? []);
  return !tools.ok || tools.value.some(({ kind }) => kind === "python-executable" || kind === "python-module");
}

/** The first changed lock that resolves something else for the task now, or of which that cannot be told. */
function changedLock(task: Task, locks: readonly RepoPath[], before: Change["before"]): RepoPath | undefined {
  if (locks.length === 0) return undefined;
  const { project, context, atom, id } = task;
  const declared = guarded(`${id}: inputs`, () => atom.inputs(context).resolved === true);
  const isForAll = !declared.ok || declared.value;
  const projects = isForAll ? [project, ...context.upstream] : usesEnvironment(task) ? [project] : [];
  return locks.find((path) => projects.some((each) => resolvesAnew(path, each, before.get(each.root))));
}

function resolvesAnew(path: RepoPath, now: Project, was: Project | undefined): boolean {
  if (now.locks?.includes(path) !== true && was?.locks?.includes(path) !== true) return false;
  const [after, earlier] = [now.resolved?.[path], was?.resolved?.[path]];
  return after === undefined || after !== earlier;
}

function shapeReason({ project }: Task, { ofProject }: Change): Reason | undefined {
  const change = ofProject(project);
  return change === undefined ? undefined : { because: `its projects changed: ${change}` };
}

function inherited(task: Task, reasons: ReadonlyMap<TaskId, AffectedReason>): Reason | undefined {
  const before = task.dependsOn.find((id) => reasons.has(id));
  return before === undefined ? undefined : { because: `waits for ${before}`, after: before };
}
