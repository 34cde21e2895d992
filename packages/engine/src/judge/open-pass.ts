import { warningOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { TaskId } from "../core/task-id.ts";
import type { JudgedTree, JudgedTrees } from "../base/judged-trees.ts";
import { missingEnvironments } from "../fingerprint/tool/missing-environment.ts";
import type { AlteredPart } from "../gate/kept/quality-settings.ts";
import { dependsOnFile } from "../graph/affected.ts";
import type { Task, TaskGraph } from "../graph/task.ts";
import type { Opened } from "../open.ts";
import { plan, withBefore, type Plan } from "../plan.ts";
import { listWorkTree } from "../workspace/git/list-files.ts";
import type { Changes } from "../workspace/git/changes.ts";
import type { PlannedRun, ToolSettings } from "./settings-of-run.ts";

/** The tasks of one plugin's tool, with what depends on them, in a tree with the base's settings of it. */
export interface Pass {
  readonly tree: JudgedTree;
  /** What was put back. */
  readonly parts: readonly AlteredPart[];
  /** Of these the files that only other settings name. */
  readonly named: readonly AlteredPart[];
  /** Those that count; the plan has others that they wait for. */
  readonly tasks: ReadonlyMap<TaskId, Task>;
  readonly plan: Plan;
}

/** What a pass is made of. */
export interface PassRequest extends PlannedRun {
  readonly plugin: string;
  readonly settings: ToolSettings;
  readonly trees: JudgedTrees;
  /** Passes that there are already. */
  readonly others: readonly Pass[];
}

/** Makes the tree and looks which tasks are to run there. Undefined where there are none. */
export async function openPass(asked: PassRequest): Promise<Result<Pass | undefined, readonly Diagnostic[]>> {
  const { plugin, settings, trees, request, whole } = asked;
  const { named } = settings;
  const parts = [...settings.parts, ...named];
  const tree = await trees.make(plugin, parts);
  if (!tree.ok) return tree;
  const planned = planIn(tree.value, asked);
  if (!planned.ok) return planned;
  const { graph } = planned.value;
  const { workspace, repository } = tree.value.opened;
  const isOwn = (task: Task): boolean =>
    task.plugin.name === plugin &&
    whole.shard?.has(task.project.name) !== false &&
    parts.some(({ path }) => dependsOnFile(task, path, workspace));
  const tasks = withAfter(graph, isOwn);
  if (tasks.size === 0) return ok(undefined);
  const inside = withBefore(graph, ({ id }) => tasks.has(id));
  if (!inside.ok) return inside;
  const host = { root: repository.root, env: tree.value.environment, home: request.home };
  const missing = missingEnvironments(
    workspace.projects.flatMap(({ environments }) => environments),
    host,
  );
  if (missing.length > 0) return fail(missing);
  const pass = { tree: tree.value, parts, named, tasks, plan: { ...planned.value, graph: inside.value } };
  const why = whyNot(pass, asked);
  return why === undefined ? ok(pass) : fail([undoable(plugin, why)]);
}

/** The change is that of the work tree, but for files that are not there with the base's settings. */
function planIn({ opened }: JudgedTree, { request, whole }: PassRequest): ReturnType<typeof plan> {
  const { names, filters, exclude, arguments: words = [] } = request;
  const there = new Set(opened.files.map(({ path }) => path));
  const changed = whole.changes && changesIn(whole.changes, there);
  return plan(opened, {
    ...{ names, filters, exclude, arguments: words, environment: request.environment },
    ...(changed === undefined ? {} : { changed }),
  });
}

function changesIn(changes: Changes, there: ReadonlySet<string>): Changes {
  const files = changes.files.map((file) => (there.has(file.path) ? file : { ...file, status: "deleted" as const }));
  return { ...changes, files };
}

/** These tasks and all that wait for them. */
function withAfter(graph: TaskGraph, isWanted: (task: Task) => boolean): ReadonlyMap<TaskId, Task> {
  const kept = new Map<TaskId, Task>();
  for (const task of graph.order)
    if (isWanted(task) || task.dependsOn.some((id) => kept.has(id))) kept.set(task.id, task);
  return kept;
}

/** Why what runs in such a tree would not be what was asked for. */
function whyNot(pass: Pass, { opened, whole, others }: PassRequest): string | undefined {
  const { tasks, plan: inside } = pass;
  const making = inside.graph.order.find(
    ({ id, atom: { kind } }) => kind === "edit" || kind === "effect" || (kind !== "check" && tasks.has(id)),
  );
  if (making !== undefined) return `${making.id} does more than look`;
  const shared = others.flatMap((other) => [...other.tasks.keys()]).find((id) => tasks.has(id));
  if (shared !== undefined) return `${shared} depends on tools of several such settings`;
  const after = whole.graph.order.find(
    ({ id, dependsOn }) => !tasks.has(id) && dependsOn.some((each) => tasks.has(each)),
  );
  if (after !== undefined) return `${after.id} is not there with them, and waits for a task that is`;
  return uncopied(pass, opened);
}

/** What a tool may find in the work tree and not in the copy. */
function uncopied({ tree, parts }: Pass, opened: Opened): string | undefined {
  const there = new Set([...tree.opened.files, ...parts].map(({ path }) => path));
  const listed = listWorkTree(opened.repository);
  if (!listed.ok) return listed.error.message;
  const absent = listed.value.submodules[0] ?? opened.files.find(({ path }) => !there.has(path))?.path;
  return absent === undefined ? undefined : `${absent} cannot be copied`;
}

function undoable(plugin: string, why: string): Diagnostic {
  return warningOf("SYM7573", `${plugin} cannot run with the base's settings: ${why}`, {
    hint: "look at the settings, and let a person decide: the gates over it hold",
  });
}
