import { ok, type Diagnostic, type Result } from "@symbiotic-build/engine";
import { selectedIssues, type IssueFilter } from "./graph/filter.ts";
import { isDone } from "./graph/is-done.ts";
import { sortedByEdges } from "./graph/sorted-by-edges.ts";
import type { Issue } from "./issue.ts";
import type { IssueGraph } from "./issue-graph.ts";

/** Another issue that an issue waits for. */
export interface Blocker {
  readonly issue: Issue;
  /** Whether it is asked for, too; otherwise somebody else has to do it first. */
  readonly isSelected: boolean;
}

/** Why an issue that still runs cannot run now. */
export type Held = "paused" | "behind a paused issue" | "in a cycle" | "behind a cycle";

/** An issue with its place in the order. */
export interface OrderedIssue {
  readonly issue: Issue;
  /** 0 for those that wait for none of those asked for; those of one level can run at once. Undefined where it is in or behind a cycle. */
  readonly level: number | undefined;
  /** What it still waits for, in natural order. */
  readonly blockedBy: readonly Blocker[];
  readonly held: Held | undefined;
}

/**
 * The issues that still run, in the order in which to do them: after all that they wait for; where that leaves a choice, by the Issue
 * Map, then by priority, then by id. Finished ones are left out and block nothing. Those of cycles come last.
 */
export function issueOrder(
  graph: IssueGraph,
  filter: IssueFilter = {},
): Result<readonly OrderedIssue[], readonly Diagnostic[]> {
  const selected = selectedIssues(graph, filter);
  if (!selected.ok) return selected;
  const blockers = blockersOf(graph);
  const running = graph.issues.filter((issue) => selected.value.has(issue) && !isDone(issue)).sort(byChoice(graph));
  const isHeld = heldIn(graph, blockers);
  const sorted = sortedByEdges(running, (issue) => blockers.get(issue) ?? []);
  return ok(
    sorted.map(({ node, level }) => ({
      issue: node,
      level,
      blockedBy: (blockers.get(node) ?? []).map((issue) => ({ issue, isSelected: selected.value.has(issue) })),
      held: isHeld(node),
    })),
  );
}

type Blockers = ReadonlyMap<Issue, readonly Issue[]>;

function blockersOf({ edges }: IssueGraph): Blockers {
  const open = edges.filter(({ before, after }) => !isDone(before) && !isDone(after));
  const byAfter = Map.groupBy(open, ({ after }) => after);
  return new Map([...byAfter].map(([after, all]) => [after, all.map(({ before }) => before)]));
}

/** Where edges leave a choice. */
function byChoice({ issues, mapRanks }: IssueGraph): (a: Issue, b: Issue) => number {
  const places = new Map(issues.map((issue, index) => [issue, index]));
  const rank = (issue: Issue): number => mapRanks.get(issue) ?? Number.MAX_SAFE_INTEGER;
  return (a, b) => rank(a) - rank(b) || a.rank - b.rank || (places.get(a) ?? 0) - (places.get(b) ?? 0);
}

/** Looks at all issues, asked for or not: what holds one up may be outside. */
function heldIn({ issues }: IssueGraph, blockers: Blockers): (issue: Issue) => Held | undefined {
  const open = issues.filter((issue) => !isDone(issue));
  const sorted = sortedByEdges(open, (issue) => blockers.get(issue) ?? []);
  const held = new Map<Issue, Held>();
  for (const { node, level, isOnCycle } of sorted) {
    const isBehindPaused = (blockers.get(node) ?? []).some(
      (each) => each.stateKind === "paused" || held.get(each) === "behind a paused issue",
    );
    if (isOnCycle) held.set(node, "in a cycle");
    else if (node.stateKind === "paused") held.set(node, "paused");
    else if (level === undefined) held.set(node, "behind a cycle");
    else if (isBehindPaused) held.set(node, "behind a paused issue");
  }
  return (issue) => held.get(issue);
}
