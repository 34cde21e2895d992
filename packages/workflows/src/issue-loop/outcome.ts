import type { Before, StepEnd } from "@symbiotic-build/engine";
import type { Issue } from "../issues/issue.ts";
import { changedNothing } from "./changed-nothing.ts";
import type { LoopSettings } from "./loop-settings.ts";
import { stepId } from "./step-ids.ts";
import { devReplyOf, verdictOf } from "./verdict.ts";

/** How an issue ended. `capped`: the fixes are used up. `stopped`: a step came to no end; the run can be gone on with. */
export interface IssueOutcome {
  readonly state: "passed" | "capped" | "blocked" | "deferred" | "failed" | "stopped";
  /** One line. */
  readonly why: string;
  /** What is left to mend. */
  readonly left: readonly string[];
  readonly questions: readonly string[];
  /** How often it was fixed. */
  readonly fixes: number;
}

/** How an issue ended, of its steps. Pure. */
export function outcomeOf(issue: Issue, before: Before, settings: LoopSettings): IssueOutcome {
  const questions = [...new Set(repliesOf(issue, before, settings).flatMap(({ open_questions: each }) => each))];
  const fixes = rounds(settings).filter((round) => before(stepId(issue, `fix_${round}`))?.status === "ok").length;
  const base = { questions, fixes, left: [] };
  const opened = before(stepId(issue, "open"));
  if (opened?.status === "skipped") {
    const why = opened.reason ?? "it is blocked";
    return { ...base, state: why.startsWith("blocked by") ? "blocked" : "stopped", why };
  }
  if (opened?.status !== "ok") return { ...base, ...brokenOff(opened, "its work tree was not opened") };
  const developed = before(stepId(issue, "develop"));
  const dev = devReplyOf(developed);
  if (dev === undefined) return { ...base, ...brokenOff(developed, "the developer came to no end") };
  if (dev.status === "deferred")
    return { ...base, state: "deferred", why: "the developer put it off", left: dev.deferred };
  if (dev.status === "failed")
    return { ...base, state: "failed", why: "the developer says that it failed", left: dev.deferred };
  if (changedNothing(issue, before))
    return { ...base, state: "failed", why: "the developer changed nothing", left: [NOTHING_CHANGED] };
  return { ...base, ...roundsOutcome(issue, before, settings) };
}

const NOTHING_CHANGED =
  "say in its document what is missing; where nothing is to be changed, give it `changes: none`, or `state: done`";

function roundsOutcome(
  issue: Issue,
  before: Before,
  settings: LoopSettings,
): Pick<IssueOutcome, "state" | "why" | "left"> {
  const all = [...rounds(settings), settings.fixes + 1];
  for (const round of all) {
    const { outcome, demands, review } = verdictOf(issue, round, before, settings);
    if (outcome === "pass") {
      const unsaid = unpublished(issue, before);
      if (unsaid !== undefined) return { state: "stopped", why: unsaid, left: [] };
      const fixes = round - 1;
      const why = fixes === 0 ? "passed at once" : `passed after ${times(fixes)}`;
      return { state: "passed", why, left: draftLeft(before(stepId(issue, "publish"))) };
    }
    if (outcome === "blocked")
      return { state: "blocked", why: review?.summary ?? "the reviewer is blocked", left: demands };
    if (outcome === "open")
      return { ...brokenOff(brokenIn(issue, round, before), `round ${String(round)} came to no end`), left: [] };
    const fix = before(stepId(issue, `fix_${round}`));
    const put = devReplyOf(fix);
    if (put?.status === "deferred" || put?.status === "failed")
      return { state: put.status, why: `the fixer says that it is ${put.status}`, left: [...demands, ...put.deferred] };
    if (round <= settings.fixes && fix?.status !== "ok")
      return { ...brokenOff(fix, "the fix came to no end"), left: demands };
  }
  const last = verdictOf(issue, settings.fixes + 1, before, settings);
  return {
    state: "capped",
    why: `capped after ${times(settings.fixes)}: ${String(last.demands.length)} left`,
    left: last.demands,
  };
}

/** Why what passed is not written or not published, where that was tried. */
function unpublished(issue: Issue, before: Before): string | undefined {
  for (const step of ["write", "publish"] as const) {
    const end = before(stepId(issue, step));
    if (end?.status === "broken" || end?.status === "failed")
      return `it passed, and the step ${step} came to no end: ${end.reason ?? end.summary}`;
  }
  return undefined;
}

/** That a draft stays one which was to become ready. */
function draftLeft(end: StepEnd | undefined): readonly string[] {
  const { stays, url } = end?.data ?? {};
  const which = typeof url === "string" ? url : "it";
  return typeof stays === "string" ? [`${which} is still a draft: ${stays}`] : [];
}

function brokenIn(issue: Issue, round: number, before: Before): StepEnd | undefined {
  const ends = (["verify", "check", "review"] as const).map((step) => before(stepId(issue, `${step}_${round}`)));
  return ends.find((end) => end?.status === "broken") ?? ends.find((end) => end?.status === "failed");
}

/** What broke may be gone on with; what failed is decided. */
function brokenOff(end: StepEnd | undefined, what: string): Pick<IssueOutcome, "state" | "why"> {
  const why = end?.reason ?? end?.summary ?? what;
  return { state: end?.status === "failed" ? "failed" : "stopped", why };
}

/** The rounds after which there may be a fix. */
export function rounds({ fixes }: Pick<LoopSettings, "fixes">): readonly number[] {
  return Array.from({ length: fixes }, (_, at) => at + 1);
}

function repliesOf(issue: Issue, before: Before, settings: LoopSettings): NonNullable<ReturnType<typeof devReplyOf>>[] {
  const ends = [
    before(stepId(issue, "develop")),
    ...rounds(settings).map((round) => before(stepId(issue, `fix_${round}`))),
  ];
  return ends.map(devReplyOf).filter((reply) => reply !== undefined);
}

function times(fixes: number): string {
  return fixes === 1 ? "1 fix" : `${String(fixes)} fixes`;
}
