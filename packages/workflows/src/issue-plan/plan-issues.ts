import { errorOf, fail, ok, type Diagnostic, type Result } from "@symbiotic-build/engine";
import type { IssueFilter } from "../issues/graph/filter.ts";
import { isDone } from "../issues/graph/is-done.ts";
import { sortedByEdges } from "../issues/graph/sorted-by-edges.ts";
import type { Issue } from "../issues/issue.ts";
import type { IssueGraph } from "../issues/issue-graph.ts";
import { issueOrder, type OrderedIssue } from "../issues/issue-order.ts";
import { conflictsOf } from "./conflicts.ts";
import type { Footprint } from "./footprint.ts";
import { footprintsOf } from "./footprints.ts";
import { allEdges, type AllEdges } from "./infer/all-edges.ts";
import { inferredByFootprint } from "./infer/by-footprint.ts";
import { inferredByText } from "./infer/by-text.ts";
import type { IssuePlan, LeftOut, PlanChoice, PlanIssue } from "./issue-plan.ts";
import { partsOf } from "./parts.ts";
import type { PlanEdge } from "./plan-edge.ts";
import type { RepositoryView } from "./repository-view.ts";
import { choicesOf } from "./score/choices.ts";
import { pairsOf, type Pairs } from "./score/pairs.ts";
import { proseOf } from "./text/prose.ts";
import { unaskable } from "./unaskable.ts";
import { behindOf, levelsBy, waitsOf, type Arc } from "./waits.ts";

/** What a plan is made of. */
export interface PlanRequest {
  readonly graph: IssueGraph;
  readonly filter: IssueFilter;
  /** The text of an issue's document. */
  readonly textOf: (issue: Issue) => string;
  readonly repository: RepositoryView;
  /** How many may run at once. */
  readonly parallel: number;
  /** How an issue ended that is finished and needs no plan. */
  readonly finished: (issue: Issue) => string | undefined;
  /** Whether work on it was accepted already: it waits for none that is not begun, but for those that block it. */
  readonly begun: (issue: Issue) => boolean;
}

/**
 * Plans the issues that still run: by what documents state, by what is inferred of them and the code, and by what gets in whose way. The loop
 * runs by the same plan. It does not depend on the order of the documents.
 */
export function planIssues(request: PlanRequest): Result<IssuePlan, readonly Diagnostic[]> {
  const { graph, filter, finished, begun } = request;
  const ordered = issueOrder(graph, filter);
  if (!ordered.ok) return ordered;
  const done = ordered.value.flatMap(({ issue }): LeftOut[] => {
    const why = finished(issue);
    return why === undefined ? [] : [{ issue, why }];
  });
  const isFinished = new Set(done.map(({ issue }) => issue));
  const open = ordered.value.filter(({ issue }) => !isFinished.has(issue));
  const held = open.flatMap(heldOf);
  const isHeld = new Set(held.map(({ issue }) => issue));
  const free = open.filter(({ issue }) => !isHeld.has(issue));
  const outside = free.find((each) => outsideOf(each, finished).length > 0);
  if (outside !== undefined) return fail([blockedOutside(outside.issue, outsideOf(outside, finished))]);
  const running = free.map(({ issue }) => issue).toSorted((a, b) => Number(begun(b)) - Number(begun(a)));
  const unasked = running.map((issue) => unaskable(issue, request.textOf(issue))).filter((each) => each !== undefined);
  if (unasked.length > 0) return fail(unasked);
  return ok({ ...planOf(running, request), finished: done, held });
}

function planOf(running: readonly Issue[], request: PlanRequest): Omit<IssuePlan, "finished" | "held"> {
  const { parallel, textOf, repository } = request;
  const touched = footprintsOf(running, textOf, repository);
  const { edges, dropped } = edgesOf(running, touched, request);
  const before = Map.groupBy(edges, ({ after }) => after);
  const sorted = sortedByEdges(running, (issue) => (before.get(issue) ?? []).map((edge) => edge.before));
  const order = sorted.map(({ node }) => node);
  const byIssue = new Map(touched.map((footprint) => [footprint.issue, footprint]));
  const footprints = order.flatMap((issue) => byIssue.get(issue) ?? []);
  const numbers = new Map(order.map((issue, number) => [issue, number]));
  const arcs = edges.map((edge): Arc => [numbers.get(edge.before) ?? 0, numbers.get(edge.after) ?? 0]);
  const pairs = pairsOf(footprints);
  const { waits, isBefore } = waitsOf(order.length, arcs, pairs.risk);
  const all = [...arcs, ...waits.flatMap((each, at) => each.map((other): Arc => [other, at]))];
  const [levels, behind] = [levelsBy(order.length, all), behindOf(order.length, all)];
  const laid: Laid = { order, pairs, parallel, levels, behind, waits };
  const conflicts = conflictsOf(footprints, pairs, isBefore);
  const tied = ([before, after]: Arc): readonly [Issue, Issue] => [order[before] as Issue, order[after] as Issue];
  return {
    ...{ issues: issuesOf(laid, before), levels: levelsOf(laid), edges, dropped, conflicts, parallel },
    streams: partsOf(order, arcs.map(tied)),
    // Of two that conflict, one comes before the other by edges or waits: these tie all that belongs together.
    clusters: partsOf(order, all.map(tied)),
  };
}

/** Issues laid out in their order; all else is by their numbers. */
interface Laid {
  readonly order: readonly Issue[];
  readonly levels: readonly number[];
  readonly behind: readonly number[];
  readonly waits: readonly (readonly number[])[];
  readonly pairs: Pairs;
  readonly parallel: number;
}

function issuesOf(
  { order, levels, behind, waits }: Laid,
  edges: ReadonlyMap<Issue, readonly PlanEdge[]>,
): readonly PlanIssue[] {
  return order.map((issue, at) => {
    const [stated, guessed] = [false, true].map((wanted) =>
      (edges.get(issue) ?? []).filter(({ isInferred }) => isInferred === wanted).map(({ before }) => before),
    );
    const waitsFor = [...(guessed ?? []), ...(waits[at] ?? []).flatMap((each) => order[each] ?? [])];
    return { issue, level: levels[at] ?? 0, behind: behind[at] ?? 0, blockers: stated ?? [], waitsFor };
  });
}

function levelsOf({ order, levels, behind, pairs, parallel }: Laid): readonly (readonly PlanChoice[])[] {
  const byLevel = Map.groupBy(order.keys(), (at) => levels[at] ?? 0);
  const inOrder = [...byLevel].sort(([a], [b]) => a - b);
  return inOrder.map(([, members]) =>
    choicesOf({ members, behind: (at) => behind[at] ?? 0, risk: pairs.risk, most: parallel }).map((choice) => ({
      ...{ score: choice.score, risk: choice.risk },
      issues: choice.members.flatMap((at) => order[at] ?? []),
    })),
  );
}

function edgesOf(
  running: readonly Issue[],
  footprints: readonly Footprint[],
  { graph, textOf, repository, begun }: PlanRequest,
): AllEdges {
  const isRunning = new Set(running);
  const inside = <T extends { readonly before: Issue; readonly after: Issue }>(all: readonly T[]): T[] =>
    all.filter(({ before, after }) => isRunning.has(before) && isRunning.has(after));
  const isThere = new Set(repository.files);
  const inferred = [
    ...running.flatMap((issue) => inferredByText(issue, proseOf(textOf(issue)), graph.byId)),
    ...inferredByFootprint(footprints, (path) => isThere.has(path)),
  ];
  return allEdges(
    inside(graph.edges),
    inside(inferred).filter(({ before, after }) => begun(before) || !begun(after)),
  );
}

function heldOf({ issue, held, level }: OrderedIssue): readonly LeftOut[] {
  if (held !== undefined) return [{ issue, why: held }];
  return level === undefined ? [{ issue, why: "behind a cycle" }] : [];
}

function outsideOf({ blockedBy }: OrderedIssue, finished: PlanRequest["finished"]): readonly Issue[] {
  return blockedBy
    .filter(({ isSelected, issue }) => !isSelected && !isDone(issue) && finished(issue) === undefined)
    .map(({ issue }) => issue);
}

function blockedOutside(issue: Issue, others: readonly Issue[]): Diagnostic {
  return errorOf(
    "SYM9301",
    `${issue.id.value} is blocked by ${others.map(({ id }) => id.value).join(", ")}, which is not asked for`,
    {
      location: { file: issue.path, line: issue.id.at.line, column: issue.id.at.column },
      hint: "ask for it too, or finish it first",
    },
  );
}
