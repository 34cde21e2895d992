import { branchOf, errorOf, fail, ok, type Diagnostic, type Result, type Workflow } from "@symbiotic-build/engine";
import { isDone } from "../issues/graph/is-done.ts";
import type { Issue } from "../issues/issue.ts";
import type { IssueGraph } from "../issues/issue-graph.ts";
import { issueOrder, type OrderedIssue } from "../issues/issue-order.ts";
import type { IssueFilter } from "../issues/graph/filter.ts";
import { issueSteps } from "./issue-steps.ts";
import type { PlannedIssue } from "./planned-issue.ts";
import type { LoopSettings } from "./loop-settings.ts";
import { stepId } from "./step-ids.ts";

/** What a loop is planned of. */
export interface LoopRequest {
  readonly graph: IssueGraph;
  readonly filter: IssueFilter;
  /** The text of an issue's document. */
  readonly textOf: (issue: Issue) => string;
  readonly settings: LoopSettings;
}

/** A planned loop. */
export interface PlannedLoop {
  readonly workflow: Workflow;
  readonly issues: readonly PlannedIssue[];
  /** Issues that cannot run now, and why. */
  readonly held: readonly { readonly issue: Issue; readonly why: string }[];
}

/** Plans the loop over the issues that still run: each after those that block it, and after those that write the same files. Pure. */
export function planLoop(request: LoopRequest): Result<PlannedLoop, readonly Diagnostic[]> {
  const { graph, filter, settings } = request;
  const ordered = issueOrder(graph, filter);
  if (!ordered.ok) return ordered;
  const held = ordered.value.flatMap((each) => heldOf(each));
  const isHeld = new Set(held.map(({ issue }) => issue));
  const running = ordered.value.filter(({ issue }) => !isHeld.has(issue));
  const outside = running.find(({ blockedBy }) =>
    blockedBy.some(({ isSelected, issue }) => !isSelected && !isDone(issue)),
  );
  if (outside !== undefined) return fail([blockedOutside(outside)]);
  const issues = plannedOf(running, request);
  const steps = issues.flatMap((each) => issueSteps(each, settings));
  const workflow: Workflow = {
    name: "issues",
    steps,
    platforms: settings.into === null ? [] : settings.platforms,
    passed: (ended) => issues.every(({ issue }) => ended(stepId(issue, "finish"))?.status === "ok"),
  };
  return ok({ workflow, issues, held });
}

function plannedOf(running: readonly OrderedIssue[], { textOf }: LoopRequest): readonly PlannedIssue[] {
  const planned: PlannedIssue[] = [];
  for (const { issue, blockedBy } of running) {
    const blocking = planned.filter((each) => blockedBy.some((blocker) => blocker.issue === each.issue));
    const blockers = parentFirst(planned, blocking);
    const behind = behindOf(planned, blockers);
    const waitsFor = planned.filter((each) => !behind.has(each) && conflicts(each.issue, issue));
    const branch = branchOf(issue.id.value);
    planned.push({
      ...{ issue, text: textOf(issue), branch, stack: [...(blockers[0]?.stack ?? []), branch] },
      blockers: blockers.map(({ issue: blocker, branch }) => ({ issue: blocker, branch })),
      waitsFor: waitsFor.map((each) => each.issue),
    });
  }
  return planned;
}

/**
 * The blocker that most of the others come before is the parent of an issue's branch, so that as little as can be has to be merged into
 * it; where that leaves a choice, the first in the order.
 */
function parentFirst(all: readonly PlannedIssue[], blockers: readonly PlannedIssue[]): readonly PlannedIssue[] {
  if (blockers.length < 2) return blockers;
  const below = new Map(
    blockers.map((each) => {
      const behind = behindOf(all, [each]);
      return [each, blockers.filter((other) => behind.has(other)).length];
    }),
  );
  return blockers.toSorted((a, b) => (below.get(b) ?? 0) - (below.get(a) ?? 0));
}

/** All that comes before an issue by what blocks it. */
function behindOf(all: readonly PlannedIssue[], blockers: readonly PlannedIssue[]): ReadonlySet<PlannedIssue> {
  const byIssue = new Map(all.map((each) => [each.issue, each]));
  const behind = new Set(blockers);
  // A set that grows while it is gone through: each is looked at once.
  for (const { blockers: next } of behind)
    for (const { issue } of next) {
      const found = byIssue.get(issue);
      if (found !== undefined) behind.add(found);
    }
  return behind;
}

/** Whether both name files, and one file of both. What names none is taken to meet nobody: its branch is its own. */
function conflicts(a: Issue, b: Issue): boolean {
  const [ours, theirs] = [a, b].map(({ files }) => files.map(({ value }) => fixedPart(value)));
  return (ours ?? []).some((one) => (theirs ?? []).some((other) => isWithin(one, other) || isWithin(other, one)));
}

/** The folder that a glob begins with. */
function fixedPart(glob: string): string {
  const [before = ""] = glob.split(/[*?[{]/);
  return before === glob ? glob.replace(/\/+$/, "") : before.replace(/[^/]*$/, "").replace(/\/+$/, "");
}

function isWithin(inner: string, outer: string): boolean {
  return outer === "" || inner === outer || inner.startsWith(`${outer}/`);
}

function heldOf({ issue, held, level }: OrderedIssue): readonly { readonly issue: Issue; readonly why: string }[] {
  if (held !== undefined) return [{ issue, why: held }];
  return level === undefined ? [{ issue, why: "behind a cycle" }] : [];
}

function blockedOutside({ issue, blockedBy }: OrderedIssue): Diagnostic {
  const others = blockedBy.filter(({ isSelected }) => !isSelected).map((each) => each.issue);
  return errorOf(
    "SYM9301",
    `${issue.id.value} is blocked by ${others.map(({ id }) => id.value).join(", ")}, which is not asked for`,
    {
      location: { file: issue.path, line: issue.id.at.line, column: issue.id.at.column },
      hint: "ask for it too, or finish it first",
    },
  );
}
