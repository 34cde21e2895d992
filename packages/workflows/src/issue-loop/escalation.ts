import type { Before } from "@symbiotic-build/engine";
import type { LoopSettings } from "./loop-settings.ts";
import { outcomeOf, type IssueOutcome } from "./outcome.ts";
import type { PlannedIssue } from "./planned-issue.ts";
import { oneLine } from "./one-line.ts";
import { stepId } from "./step-ids.ts";

/** How each issue of a loop ended. */
export interface EndedIssue {
  readonly planned: PlannedIssue;
  readonly outcome: IssueOutcome;
}

/** How each issue ended, in the order of the plan. Pure. */
export function endedIssues(
  issues: readonly PlannedIssue[],
  ends: Before,
  settings: LoopSettings,
): readonly EndedIssue[] {
  return issues.map((planned) => ({ planned, outcome: outcomeOf(planned.issue, ends, settings) }));
}

/** One readable page of all that a person has to look at, with the commands to go on; empty where all passed. Pure. */
export function escalation(ended: readonly EndedIssue[], ends: Before): string {
  const open = ended.filter(({ outcome }) => needsPerson(outcome));
  if (open.length === 0) return "";
  return ["# What needs a person", "", ...open.flatMap((each) => pageOf(each, ends))].join("\n");
}

/** Whether there is something for a person to look at. */
export function needsPerson({ state, questions, left }: IssueOutcome): boolean {
  return state !== "passed" || questions.length > 0 || left.length > 0;
}

function pageOf({ planned, outcome }: EndedIssue, ends: Before): readonly string[] {
  const { issue, branch } = planned;
  const { state, why, left, questions } = outcome;
  const opened = ends(stepId(issue, "open"));
  const tree = opened?.data["path"];
  const isBegun = opened?.status === "ok" && state !== "stopped";
  return [
    `## ${issue.id.value}: ${oneLine(issue.title.value)}`,
    "",
    `**${state}**: ${oneLine(why)}`,
    "",
    ...(left.length === 0 ? [] : ["Left:", "", ...left.map((each) => `- ${oneLine(each)}`), ""]),
    ...(questions.length === 0 ? [] : ["Open questions:", "", ...questions.map((each) => `- ${oneLine(each)}`), ""]),
    "```sh",
    ...(isBegun ? [`git log -p HEAD..${branch}   # what was done`] : []),
    ...commandsOf(outcome, issue.id.value),
    ...(typeof tree === "string" && state === "stopped" ? [`cd '${tree}'   # its work tree is kept`] : []),
    "```",
    "",
  ];
}

function commandsOf({ state }: IssueOutcome, id: string): readonly string[] {
  const again = [`symbiotic issues run --issue ${id}   # from the beginning, on its branch`];
  switch (state) {
    case "stopped":
      return ["symbiotic issues run --resume   # goes on at the step that was broken off"];
    case "capped":
    case "failed":
      return again;
    case "blocked":
      return ["symbiotic issues graph   # what blocks it", ...again];
    case "deferred":
    case "passed":
      return [];
  }
}
