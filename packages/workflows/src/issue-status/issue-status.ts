import type { Before, KeptStep, KeptWorkflow, TaskId } from "@symbiotic-build/engine";
import type { LoopSettings } from "../issue-loop/loop-settings.ts";
import { byNature } from "../issues/words/natural-order.ts";
import { progressOf } from "./progress.ts";

/** How an issue stands in a run: plain data. */
export interface IssueStatus {
  readonly id: string;
  /** `running`, `waiting`, or `broken off` while it is not over; else how it ended: `passed`, `capped`, `blocked`, … */
  readonly state: string;
  /** The step that runs, or that was begun last and has no end; `null` where none is. */
  readonly step: string | null;
  /** How it ended, in a line; `null` while it is not over. */
  readonly why: string | null;
  readonly fixes: number;
  /** What is left to mend after the last review. */
  readonly open: number;
  /** What agents cost, in dollars. */
  readonly usd: number;
  readonly isEstimate: boolean;
  readonly turns: number;
  /** The time of its steps together. */
  readonly durationMs: number;
}

/** How a run of the loop stands. */
export interface LoopStatus {
  readonly v: 1;
  readonly run: string;
  readonly state: "running" | "over" | "stopped";
  readonly startedAt: string;
  readonly resumedBy: string | null;
  /** Whether every line of its journal can be read; otherwise steps may be missing. */
  readonly isWhole: boolean;
  readonly done: number;
  readonly usd: number;
  readonly isEstimate: boolean;
  readonly open: number;
  /** By id, as people count. */
  readonly issues: readonly IssueStatus[];
}

/** How a run of the loop stands, by its journal alone: documents may have changed since. Pure. */
export function loopStatus(kept: KeptWorkflow, settings: Pick<LoopSettings, "demand">): LoopStatus {
  const { run, state, startedAt, resumedBy = null, isWhole } = kept;
  const byIssue = Map.groupBy(kept.plan.length > 0 ? kept.plan : [...kept.steps.keys()], issueOf);
  const ended: Before = (id) => kept.steps.get(id)?.end;
  const issues = [...byIssue]
    .filter(([id]) => id !== "")
    .sort(([a], [b]) => byNature(a, b))
    .map(([id, steps]) => statusOf(id, steps, { kept, ended, settings }));
  return {
    ...{ v: 1, run, state, startedAt, resumedBy, isWhole, issues },
    done: issues.filter(({ why }) => why !== null).length,
    usd: issues.reduce((sum, each) => sum + each.usd, 0),
    isEstimate: issues.some((each) => each.isEstimate),
    open: issues.reduce((sum, each) => sum + each.open, 0),
  };
}

function statusOf(
  id: string,
  steps: readonly TaskId[],
  told: { readonly kept: KeptWorkflow; readonly ended: Before; readonly settings: Pick<LoopSettings, "demand"> },
): IssueStatus {
  const { kept, ended, settings } = told;
  const begun = steps.flatMap((step): [string, KeptStep][] => {
    const found = kept.steps.get(step);
    return found === undefined ? [] : [[stepOf(step), found]];
  });
  const finish = begun.find(([name]) => name === "finish")?.[1].end;
  const open = begun.findLast(([, { end }]) => end === undefined)?.[0] ?? null;
  const { usd, isEstimate, open: left } = progressOf(id, ended, settings);
  const said = finish?.data["state"];
  return {
    ...{ id, usd, isEstimate, open: left },
    state: finish === undefined ? unended(kept.state, begun.length) : typeof said === "string" ? said : finish.status,
    step: finish === undefined && open !== null ? open.replaceAll("_", " ") : null,
    why: finish === undefined ? null : (finish.reason ?? finish.summary),
    fixes: begun.filter(([name, { end }]) => name.startsWith("fix_") && end?.status === "ok").length,
    turns: begun.reduce((sum, [, { end }]) => sum + numberOf(end?.data["turns"]), 0),
    durationMs: begun.reduce((sum, [, { durationMs }]) => sum + durationMs, 0),
  };
}

function unended(state: KeptWorkflow["state"], begun: number): string {
  if (begun === 0) return state === "running" ? "waiting" : "not begun";
  return state === "running" ? "running" : "broken off";
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

/** `issue=M3-04:review_2` is a step of M3-04. */
function issueOf(id: TaskId): string {
  return /^issue=(.+):[a-z]+(?:_\d+)?$/.exec(id)?.[1] ?? "";
}

function stepOf(id: TaskId): string {
  return id.slice(id.lastIndexOf(":") + 1);
}
