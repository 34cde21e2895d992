import type { Before, JsonValue, PlacedFinding, StepFound } from "@symbiotic-build/engine";
import type { Issue } from "../issues/issue.ts";
import type { LoopSettings } from "./loop-settings.ts";
import { oneLine } from "./one-line.ts";
import { placesIn } from "./places-in.ts";
import { reviewReply, type ReviewIssue, type ReviewSeverity } from "./schemas.ts";
import { stepId } from "./step-ids.ts";

const LEVELS: Readonly<Record<ReviewSeverity, PlacedFinding["level"]>> = {
  ...{ blocker: "error", high: "error" },
  ...{ medium: "warning", low: "note" },
};

/** What an agent has to say of one thing is bounded: reports hold all of it. */
const LONGEST = 2000;

/** What a review found, as findings: where its evidence says, else at the issue's own document. Pure. */
export function reviewFindings({ path }: Issue): (reply: JsonValue) => readonly PlacedFinding[] {
  return (reply) => {
    const read = reviewReply.safeParse(reply);
    if (!read.success) return [];
    return read.data.issues.map((found) => ({
      ...{ rule: ruleOf(found.severity), level: LEVELS[found.severity], message: messageOf(found) },
      places: [...found.evidence.flatMap(placesIn), { file: path }],
    }));
  };
}

/** The fingerprints of all that reviews before this round found and that asked for a fix. Pure. */
export function foundToMend(issue: Issue, round: number, ends: Before, { demand }: LoopSettings): readonly string[] {
  const rules = new Set(demand.map(ruleOf));
  const found = foundBefore("review", issue, { round, ends }).filter(({ finding }) => rules.has(finding.rule));
  return [...new Set(found.map(({ fingerprint }) => fingerprint))];
}

/** The fingerprints of all that checks before this round found. Pure. */
export function foundByChecks(issue: Issue, round: number, ends: Before): readonly string[] {
  return [...new Set(foundBefore("check", issue, { round, ends }).map(({ fingerprint }) => fingerprint))];
}

function foundBefore(
  step: "check" | "review",
  issue: Issue,
  { round, ends }: { readonly round: number; readonly ends: Before },
): StepFound["findings"] {
  return Array.from({ length: round - 1 }, (_, at) => ends(stepId(issue, `${step}_${at + 1}`))).flatMap(
    (end) => end?.found?.findings ?? [],
  );
}

/** A reviewer's rules are the severities: `review-high`. */
function ruleOf(severity: ReviewSeverity): string {
  return `review-${severity}`;
}

function messageOf({ title, details, evidence }: ReviewIssue): string {
  const more = evidence.slice(1).map(oneLine);
  const text = [oneLine(title), oneLine(details)].filter((part) => part !== "").join(": ");
  const whole = more.length === 0 ? text : `${text} (also ${more.join(", ")})`;
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
}
