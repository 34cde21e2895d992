import type { Before, StepEnd } from "@symbiotic-build/engine";
import type { Issue } from "../issues/issue.ts";
import type { LoopSettings } from "./loop-settings.ts";
import { devReply, reviewReply, type DevReply, type ReviewReply } from "./schemas.ts";
import { stepId } from "./step-ids.ts";

/** What a round came to: verification, checks and the review of one state of the branch. */
export interface Verdict {
  /** `open`: it is not known, since a step of it came to no end or was left out. */
  readonly outcome: "pass" | "demands" | "blocked" | "open";
  /** What has to be mended, a line or more each; as data, since tools and agents wrote it. */
  readonly demands: readonly string[];
  readonly review: ReviewReply | undefined;
}

const NOTHING: Verdict = { outcome: "open", demands: [], review: undefined };

/** What a round came to. Pure. */
export function verdictOf(
  issue: Pick<Issue, "id">,
  round: number,
  before: Before,
  { demand }: Pick<LoopSettings, "demand">,
): Verdict {
  const [verified, checked, reviewed] = (["verify", "check", "review"] as const).map((step) =>
    before(stepId(issue, `${step}_${round}`)),
  );
  const review = reviewed?.status === "ok" ? reviewOf(reviewed) : undefined;
  if (review === undefined || isOpen(verified) || isOpen(checked)) return NOTHING;
  const found = review.issues.filter(({ severity }) => demand.includes(severity));
  const demands = [
    ...problemsOf("Verification", verified),
    ...problemsOf("Check", checked),
    ...found.map(({ severity, title, details, evidence }) =>
      [`Review (${severity}): ${title}`, details, ...evidence].filter((line) => line !== "").join("\n  "),
    ),
    ...(review.status === "pass" || found.length > 0 ? [] : review.required_actions.map((each) => `Review: ${each}`)),
  ];
  if (review.status === "blocked") return { outcome: "blocked", demands, review };
  // A reviewer who asks for changes and names none that counts asks for nothing.
  return { outcome: demands.length === 0 ? "pass" : "demands", demands, review };
}

/** The reply of a developer or fixer; undefined where there is none that fits. */
export function devReplyOf(end: StepEnd | undefined): DevReply | undefined {
  const read = end?.status === "ok" ? devReply.safeParse(end.data["reply"]) : undefined;
  return read?.success === true ? read.data : undefined;
}

function reviewOf(end: StepEnd): ReviewReply | undefined {
  const read = reviewReply.safeParse(end.data["reply"]);
  return read.success ? read.data : undefined;
}

/** Skipped is known: there was nothing to do. */
function isOpen(end: StepEnd | undefined): boolean {
  return end === undefined || end.status === "broken";
}

function problemsOf(what: string, end: StepEnd | undefined): readonly string[] {
  if (end?.status !== "failed") return [];
  const problems = end.data["problems"];
  const lines = Array.isArray(problems) ? problems.filter((each) => typeof each === "string") : [];
  return lines.length === 0 ? [`${what}: ${end.reason ?? end.summary}`] : lines.map((line) => `${what}: ${line}`);
}
