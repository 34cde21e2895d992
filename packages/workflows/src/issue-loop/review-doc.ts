import type { Before } from "@symbiotic-build/engine";
import type { Issue } from "../issues/issue.ts";
import { ignoredClaims } from "./ignored-claims.ts";
import type { PlannedIssue } from "./planned-issue.ts";
import type { LoopSettings } from "./loop-settings.ts";
import type { IssueOutcome } from "./outcome.ts";
import { oneLine } from "./one-line.ts";
import { stepId } from "./step-ids.ts";
import { verdictOf } from "./verdict.ts";

/** What an issue came to, for what is written of it. */
export interface Told {
  readonly outcome: IssueOutcome;
  readonly ends: Before;
  readonly settings: LoopSettings;
}

/** The document with the entry of an issue: in place of the one that it has, else at the end. */
export function withEntry(text: string | null, planned: PlannedIssue, told: Told): string {
  const { value: id } = planned.issue.id;
  const [begin, end] = [`<!-- symbiotic: ${id} -->`, `<!-- symbiotic: end of ${id} -->`];
  const entry = [begin, ...entryOf(planned, told), end].join("\n");
  const before = text ?? `# Review: ${planned.issue.milestone?.value ?? "issues"}\n`;
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from >= 0 && to > from) return before.slice(0, from) + entry + before.slice(to + end.length);
  return `${before.replace(/\n*$/, "\n")}\n${entry}\n`;
}

function entryOf(planned: PlannedIssue, { outcome, ends, settings }: Told): readonly string[] {
  const { issue, branch } = planned;
  const ignored = ignoredClaims(planned, ends, settings);
  const rounds = Array.from({ length: settings.fixes + 1 }, (_, at) => at + 1);
  return [
    `## ${issue.id.value}: ${oneLine(issue.title.value)}`,
    "",
    `**${outcome.state}**: ${oneLine(outcome.why)} · branch \`${branch}\``,
    ...rounds.flatMap((round) => roundLines(issue, round, { outcome, ends, settings })),
    ...(outcome.left.length === 0 ? [] : ["", "### Left", "", ...outcome.left.map(listed)]),
    ...(outcome.questions.length === 0 ? [] : ["", "### Open questions", "", ...outcome.questions.map(listed)]),
    ...(ignored.length === 0 ? [] : ["", "### Ignored claims", "", ...ignored.map(listed)]),
    "",
  ];
}

function roundLines(issue: Issue, round: number, { ends, settings }: Told): readonly string[] {
  const { review } = verdictOf(issue, round, ends, settings);
  if (review === undefined) return [];
  const verified = ends(stepId(issue, `verify_${round}`));
  const checked = ends(stepId(issue, `check_${round}`));
  return [
    "",
    `### Review ${String(round)}: ${review.status} (confidence ${review.confidence})`,
    "",
    oneLine(review.summary),
    "",
    `- verification: ${verified?.summary ?? "none"}`,
    `- checks: ${checked?.summary ?? "none"}`,
    ...review.issues.map(({ severity, title, details, evidence }) =>
      [
        `- **${severity}** ${oneLine(title)}: ${oneLine(details)}`,
        ...evidence.map((each) => `\`${oneLine(each)}\``),
      ].join(" "),
    ),
    ...review.followups.map((each) => `- follow-up: ${oneLine(each)}`),
  ];
}

function listed(text: string): string {
  return `- ${oneLine(text)}`;
}
