import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { byCodeUnit } from "../../core/json.ts";
import type { Lane } from "../../core/lane.ts";
import type { RepoPath } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { TaskId } from "../../core/task-id.ts";
import type { Task } from "../../graph/task.ts";
import { plan, type KnownChange } from "../../plan.ts";
import type { FindingView, RunView, TaskView } from "../../report/run-view.ts";
import { matcherIn } from "../../workspace/match.ts";
import { namedChange } from "../named-files.ts";
import type { FixTree, OpenedTree } from "./fix-tree.ts";
import { runStep } from "./run-step.ts";
import { changeSince, putBack, treeContents, type EditedFile } from "./tree-contents.ts";
import { FIX_LANES, wantedFixes, type WantedFix } from "./wanted-fixes.ts";

/** What one atom that mends did in one project. */
export interface FixStep {
  readonly round: number;
  readonly lane: Lane;
  readonly task: TaskId;
  readonly project: string;
  readonly title: string;
  readonly files: readonly RepoPath[];
  /** Why it could not do its work. */
  readonly problem?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** What came of mending, before anything of it is in the user's tree. */
export interface Fixed {
  readonly steps: readonly FixStep[];
  readonly files: readonly EditedFile[];
  readonly rounds: number;
  /** How many tasks were asked what there is to mend. */
  readonly checks: number;
  readonly before: readonly FindingView[];
  readonly left: readonly FindingView[];
  /** Checks that did not come to their end: what they would find is not known. */
  readonly unfinished: readonly TaskView[];
  /** The last run: what it told lies in its folder. */
  readonly run: string;
  /** Why nothing was looked at. */
  readonly nothing?: string;
}

/** What the rounds work on: the copy as it is now, and what is known of it. */
interface State {
  readonly tree: FixTree;
  readonly wanted: readonly WantedFix[];
  /** Whether a file is one that may be mended: where files were named, or are staged, those alone. */
  readonly isMeant: (path: RepoPath) => boolean;
  readonly steps: FixStep[];
  readonly edited: Map<RepoPath, EditedFile>;
  opened: OpenedTree;
  view: RunView;
}

type Step<T> = Promise<Result<T, readonly Diagnostic[]>>;

/** Mends the copy, lane by lane, until nothing is left, nothing changes any more or the rounds are used up. */
export async function fixRounds(tree: FixTree, opened: OpenedTree, most: number): Step<Fixed> {
  const { parsed, context } = opened;
  const wanted = wantedFixes(parsed.positionals, opened.opened);
  if (!wanted.ok) return wanted;
  const names = [...new Set(wanted.value.flatMap(({ checks }) => checks))];
  if (names.length === 0) return ok({ ...NOTHING, nothing: "no plugin here mends anything" });
  const change = tree.changed === undefined ? namedChange(parsed, context, opened.opened) : ok(tree.changed);
  if (!change.ok) return change;
  const first = await runStep(opened, names, { kind: "asked", changed: change.value });
  if (!first.ok) return first;
  const isMeant = scopeOf(change.value);
  const found = { wanted: wanted.value, opened, view: first.value };
  const state: State = { ...{ tree, isMeant, steps: [], edited: new Map() }, ...found };
  let rounds = 0;
  while (rounds < most && first.value.tasks.size > 0 && !context.signal.aborted) {
    rounds += 1;
    const round = await oneRound(state, rounds);
    if (!round.ok) return round;
    if (!round.value || meantFindings(state).length === 0) break;
  }
  const { view } = state;
  return ok({
    rounds: Math.max(0, ...state.steps.map(({ round }) => round)),
    steps: state.steps,
    files: [...state.edited.values()]
      .filter(({ before, after }) => !before.equals(after))
      .sort((a, b) => byCodeUnit(a.path, b.path)),
    checks: first.value.tasks.size,
    before: first.value.findings.filter(({ reported }) => isMeant(reported.finding.file)),
    left: meantFindings(state).filter(({ reported }) => reported.known !== true),
    unfinished: [...view.tasks.values()].filter(({ finished }) => isUnfinished(finished)),
    run: view.run,
    ...(first.value.finished?.nothing === undefined ? {} : { nothing: first.value.finished.nothing }),
  });
}

const NOTHING: Fixed = { rounds: 0, steps: [], files: [], checks: 0, before: [], left: [], unfinished: [], run: "" };

/** One pass over the lanes; whether something changed. */
async function oneRound(state: State, round: number): Step<boolean> {
  let hasChanged = false;
  for (const lane of FIX_LANES) {
    const ids = neededFixes(state, lane, round);
    if (ids.length === 0 || state.opened.context.signal.aborted) continue;
    const mended = await mend(state, ids, { lane, round });
    if (!mended.ok) return mended;
    if (!mended.value) continue;
    hasChanged = true;
    const opened = await state.tree.open();
    if (!opened.ok) return opened;
    const again = await runStep(opened.value, [...state.view.tasks.keys()], { kind: "named" });
    if (!again.ok) return again;
    state.opened = opened.value;
    state.view = again.value;
  }
  return ok(hasChanged);
}

/** The tasks of a lane that have something to mend: their checks found something, and later on something that can be mended. */
function neededFixes(state: State, lane: Lane, round: number): readonly TaskId[] {
  const { wanted } = state;
  const meant = meantFindings(state).filter(
    ({ reported }) => round === 1 || reported.finding.fix?.applicability === "safe",
  );
  const found = new Set(meant.map(({ task }) => task));
  const ids = wanted
    .filter((fix) => fix.lane === lane)
    .flatMap(({ atom, checks }) =>
      [...found].flatMap((task) => {
        const colon = task.lastIndexOf(":");
        const isMeant = checks.some((check) => check.slice(check.lastIndexOf(":") + 1) === task.slice(colon + 1));
        return isMeant ? [`${task.slice(0, colon)}:${atom}`] : [];
      }),
    );
  return [...new Set(ids)].sort(byCodeUnit);
}

/** Lets tools mend the copy, and takes from it what they were to change. */
async function mend(
  state: State,
  ids: readonly TaskId[],
  { lane, round }: { readonly lane: Lane; readonly round: number },
): Step<boolean> {
  const { tree, opened, steps, edited } = state;
  const all = tasksOf(opened, state.wanted);
  if (!all.ok) return all;
  const tasks = all.value.filter(({ id }) => ids.includes(id));
  const owns = (task: Task, path: RepoPath): boolean => maySee(task, path, opened);
  const files = (): readonly RepoPath[] => filesOf(opened);
  const contents = treeContents(tree.folder, files(), (path) => all.value.some((task) => owns(task, path)));
  const ran = await runStep(opened, ids, { kind: "named" });
  if (!ran.ok) return ran;
  const now = await tree.open();
  if (!now.ok) return now;
  const change = changeSince(tree.folder, contents, filesOf(now.value));
  const undeclared = change.others.find((path) => !edited.has(path));
  if (undeclared !== undefined) return fail([outside(undeclared, tasks)]);
  const own = change.edited.filter(({ path }) => state.isMeant(path) && tasks.some((task) => owns(task, path)));
  // A tool that walks folders meets files that were not asked for, and files of other projects.
  for (const { path, before } of change.edited)
    if (!own.some((each) => each.path === path)) putBack(tree.folder, path, before);
  for (const file of own) edited.set(file.path, { ...file, before: edited.get(file.path)?.before ?? file.before });
  for (const id of ids) {
    const { finished, project, title } = ran.value.task(id);
    const task = tasks.find((each) => each.id === id);
    const paths = own.flatMap(({ path }) => (task !== undefined && owns(task, path) ? [path] : []));
    const isDone = finished === undefined || finished.status === "ok";
    const problem = isDone ? {} : { problem: finished.reason ?? finished.summary };
    steps.push({
      ...{ round, lane, task: id, project, title, files: paths },
      ...problem,
      diagnostics: finished?.diagnostics ?? [],
    });
  }
  return ok(own.length > 0);
}

/** The tasks of all atoms that mend, in all projects. */
function tasksOf(
  { opened, context }: OpenedTree,
  wanted: readonly WantedFix[],
): Result<readonly Task[], readonly Diagnostic[]> {
  const names = wanted.map(({ atom }) => atom);
  const planned = plan(opened, { names, filters: [], exclude: [], environment: context.environment.variables });
  return planned.ok ? ok(planned.value.graph.order) : planned;
}

/** Whether a file is one that the task says it may change. */
function maySee({ atom, context, project }: Task, path: RepoPath, { opened }: OpenedTree): boolean {
  if (opened.workspace.owner(path)?.name !== project.name) return false;
  return matcherIn(project.root, atom.edits?.(context) ?? [])(path);
}

function filesOf({ opened }: OpenedTree): readonly RepoPath[] {
  return opened.files.map(({ path }) => path);
}

function scopeOf(change: KnownChange | undefined): State["isMeant"] {
  if (change === undefined) return () => true;
  const paths = new Set("named" in change ? change.named : change.files.map(({ path }) => path));
  return (path) => paths.has(path);
}

function meantFindings({ view, isMeant }: State): readonly FindingView[] {
  return view.findings.filter(({ reported }) => isMeant(reported.finding.file));
}

function isUnfinished(finished: TaskView["finished"]): boolean {
  return finished === undefined || finished.status === "broken" || finished.status === "failed";
}

function outside(path: RepoPath, tasks: readonly Task[]): Diagnostic {
  const names = tasks.map(({ id }) => id).join(", ");
  return errorOf("SYM4095", `${path} was changed, made or removed, and none of these may: ${names}`, {
    hint: "nothing was written to your tree: `edits` of the atom names what it may change",
  });
}
