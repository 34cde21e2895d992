import { errorOf, type Diagnostic } from "./core/diagnostic.ts";
import type { RepoPath } from "./core/path.ts";
import { fail, ok, type Result } from "./core/result.ts";
import { configPaths } from "./config/config-paths.ts";
import { affectedTasks, type AffectedReason } from "./graph/affected.ts";
import { bindTasks } from "./graph/bind.ts";
import { checkOwnership, ownersOf } from "./graph/ownership.ts";
import { selectAtoms, selectProjects } from "./graph/selection.ts";
import { createTaskGraph } from "./graph/task-graph.ts";
import type { Task, TaskGraph } from "./graph/task.ts";
import type { Variables } from "./fingerprint/variables.ts";
import type { Changes } from "./workspace/git/changes.ts";
import { baseProjects, type BaseProjects } from "./workspace/base-projects.ts";
import { expectedDurations } from "./schedule/expected-duration.ts";
import { projectsOfShard, projectWeights, type Shard } from "./schedule/shard.ts";
import { openHistory } from "./cache/history.ts";
import { layoutOf } from "./cache/layout.ts";
import { compare, type Compared } from "./compare.ts";
import { cacheDirectory, type Opened } from "./open.ts";

/** Which tasks a command is about. */
export interface PlanRequest {
  /** Targets, atoms, or `<project>:<either>`. */
  readonly names: readonly string[];
  readonly filters: readonly string[];
  readonly exclude: readonly string[];
  /** Present with `--affected`. */
  readonly affected?: Compared;
  /** What changed, where that is known already or was named: nothing is compared then. */
  readonly changed?: KnownChange;
  readonly environment: Variables;
  /** What stands behind `--`: for the command of the one atom that is wanted. */
  readonly arguments?: readonly string[];
  /** Which part of the projects is meant, and what makes the parts even. */
  readonly shard?: Shard & { readonly by: "tasks" | "durations" };
  /** Absolute: where the cache lies instead of where the configuration says. */
  readonly cacheDir?: string;
}

/** A change that git is not asked for: compared elsewhere, or just paths. */
export type KnownChange = Changes | { readonly named: readonly RepoPath[] };

/** The tasks of a run, and why they are these. */
export interface Plan {
  readonly graph: TaskGraph;
  /** How many tasks there were before `--affected` took those away that no change reaches. */
  readonly before: number;
  /** Those tasks; absent where not all of them were bound. */
  readonly whole?: TaskGraph;
  readonly changes?: Changes;
  /** How many files were named as the change; present where `changes` is not and some were. */
  readonly named?: number;
  readonly reasons: ReadonlyMap<string, AffectedReason>;
  /** What stands behind `--`, and the one atom that it is for: the one that is wanted, not those that it depends on. */
  readonly words?: { readonly atom: string; readonly words: readonly string[] };
  /** The texts that were asked for until the tasks were known: settings were read out of them. */
  readonly settings: ReadonlySet<RepoPath>;
  /** The projects of this machine, where several share the run. Tasks of others are there because these wait for them. */
  readonly shard?: ReadonlySet<string>;
}

/** Makes the graph: selection ─ binding ─ levels ─ affected ─ shard. */
export function plan(opened: Opened, request: PlanRequest): Result<Plan, readonly Diagnostic[]> {
  const planned = planWhole(opened, request);
  if (!planned.ok) return planned;
  const settings = new Set([...(opened.texts.asked?.() ?? [])].map(([path]) => path));
  const whole = ok({ ...planned.value, settings });
  const words = wordsOf(whole.value, opened, request);
  if (!words.ok) return fail([words.error]);
  const worded = words.value === undefined ? whole.value : { ...whole.value, words: words.value };
  return request.shard === undefined ? ok(worded) : onlyShard(worded, request.shard, { opened, request });
}

/** Of the atoms that were named, only those count that have something to do somewhere: `test` may mean pytest and a script. */
function wordsOf(
  { graph }: Plan,
  { index, workspace }: Opened,
  { names, arguments: words = [] }: PlanRequest,
): Result<Plan["words"], Diagnostic> {
  const wanted = words.length === 0 ? ok([]) : selectAtoms(names, index, workspace);
  const isWanted = (task: Task): boolean =>
    wanted.ok &&
    wanted.value.some(({ atom, project = task.project.name }) => atom === task.atomId && project === task.project.name);
  const atoms = new Set(graph.order.filter(isWanted).map(({ atomId }) => atomId));
  const [atom] = atoms;
  if (atoms.size > 1) return fail(severalAtoms(names));
  return ok(atom === undefined ? undefined : { atom, words });
}

type UnsharedPlan = Omit<Plan, "settings" | "shard" | "words">;

function planWhole(opened: Opened, request: PlanRequest): Result<UnsharedPlan, readonly Diagnostic[]> {
  const { index, workspace, facts } = opened;
  const wanted = selectAtoms(request.names, index, workspace);
  const projects = selectProjects(request.filters, request.exclude, workspace);
  if (!wanted.ok) return wanted;
  if (!projects.ok) return projects;
  const { kept } = opened;
  const within = kept?.reached === undefined ? projects.value : projects.value.intersection(kept.reached);
  const tasks = bindTasks(wanted.value, within, {
    index,
    workspace,
    facts: (plugin, project) => facts.of(plugin, project),
  });
  if (!tasks.ok) return tasks;
  const owners = ownersOf(tasks.value);
  if (!owners.ok) return owners;
  // A graph is kept only of tasks of which this is right.
  const misowned = kept === undefined ? checkOwnership(owners.value, opened.files) : [];
  if (misowned.length > 0) return fail(misowned);
  const graph = createTaskGraph(tasks.value);
  if (!graph.ok) return graph;
  const { affected, changed, environment } = request;
  if (changed !== undefined) return narrow(graph.value, changed, opened);
  if (affected === undefined) return ok({ graph: graph.value, before: tasks.value.length, reasons: new Map() });
  const changes = opened.changes === undefined ? compare(opened, affected, environment) : ok(opened.changes);
  return changes.ok ? narrow(graph.value, changes.value, opened) : fail([changes.error]);
}

/** Keeps the tasks that the change reaches and what those wait for. */
function narrow(graph: TaskGraph, change: KnownChange, opened: Opened): Result<UnsharedPlan, readonly Diagnostic[]> {
  const isNamed = "named" in change;
  const changed = isNamed ? change.named : change.files.map(({ path }) => path);
  const reasons = affectedTasks(graph, changed, {
    workspace: opened.workspace,
    everything: configPaths(opened.config, opened.repository.root),
    base: isNamed ? undefined : baseOf(opened, change, changed),
  });
  const narrowed = withBefore(graph, ({ id }) => reasons.has(id));
  if (!narrowed.ok) return narrowed;
  const told = isNamed ? { named: changed.length } : { changes: change };
  const { kept } = opened;
  const all = kept?.tasks === undefined ? { before: graph.order.length, whole: graph } : { before: kept.tasks };
  return ok({ graph: narrowed.value, ...all, ...told, reasons });
}

/** Keeps the tasks of the shard's projects and what those wait for. */
function onlyShard(
  whole: Plan,
  shard: NonNullable<PlanRequest["shard"]>,
  { opened, request }: { readonly opened: Opened; readonly request: PlanRequest },
): Result<Plan, readonly Diagnostic[]> {
  const { order } = whole.graph;
  const history = shard.by === "durations" ? openHistory(historyFile(opened, request)) : undefined;
  const projects = projectsOfShard(
    shard,
    projectWeights(order, history && expectedDurations(order, (id) => history.durations(id))),
  );
  const graph = withBefore(whole.graph, ({ project }) => projects.has(project.name));
  if (!graph.ok) return graph;
  const reasons = new Map([...whole.reasons].filter(([id]) => graph.value.task(id) !== undefined));
  return ok({ ...whole, graph: graph.value, reasons, shard: projects });
}

function historyFile(opened: Opened, { cacheDir }: PlanRequest): string {
  return layoutOf(cacheDirectory(opened, cacheDir)).history;
}

/** The graph of these tasks and of all that they wait for. */
export function withBefore(
  graph: TaskGraph,
  isWanted: (task: Task) => boolean,
): ReturnType<typeof createTaskGraph<Task>> {
  const kept = new Map<string, Task>();
  // Backwards each task comes before those that it waits for.
  for (const task of graph.order.toReversed()) {
    if (!kept.has(task.id) && !isWanted(task)) continue;
    for (const each of [task, ...task.dependsOn.flatMap((id) => graph.task(id) ?? [])]) kept.set(each.id, each);
  }
  return createTaskGraph([...kept.values()]);
}

function baseOf(
  { repository, config, workspace, texts, brought }: Opened,
  { comparison }: Changes,
  changed: readonly string[],
): BaseProjects | undefined {
  const discovery = {
    plugins: config.plugins,
    files: workspace.files,
    texts,
    exclude: config.settings.projects?.exclude ?? [],
    needsProject: brought.length > 0,
  };
  return baseProjects({ repository, commit: comparison.commit, changed, discovery });
}

function severalAtoms(names: readonly string[]): Diagnostic {
  return errorOf("SYM2010", `what stands behind \`--\` goes to one atom, and \`${names.join(" ")}\` means several`, {
    hint: "name one atom, as in `symbiotic run pytest -- -k export`",
  });
}
