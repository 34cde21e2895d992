import type { Before } from "@symbiotic-build/engine";
import type { LoopSettings } from "./loop-settings.ts";
import { rounds } from "./outcome.ts";
import type { PlannedIssue } from "./planned-issue.ts";
import type { DevReply } from "./schemas.ts";
import { stepId, type StepName } from "./step-ids.ts";
import { devReplyOf } from "./verdict.ts";

/** What a reply says of branches and pull requests that is not so as far as the loop knows, which alone makes them. Pure. */
export function claimsIn(
  { branch, stack_branches: stack, draft_prs: pulls }: DevReply,
  planned: Pick<PlannedIssue, "branch" | "stack">,
): readonly string[] {
  const others = stack.filter((each) => !planned.stack.includes(each));
  return [
    ...(branch === "" || branch === planned.branch ? [] : [`branch ${branch}`]),
    ...others.map((each) => `stack branch ${each}`),
    // None was open when it answered, but for those of a run before.
    ...pulls.map((each) => `draft ${each}`),
  ];
}

/** All that agents said of an issue's branches and pull requests and that was ignored, each with the step that said it. Pure. */
export function ignoredClaims(planned: PlannedIssue, ends: Before, settings: LoopSettings): readonly string[] {
  const steps: readonly StepName[] = ["develop", ...rounds(settings).map((round): StepName => `fix_${round}`)];
  return steps.flatMap((step) => {
    const reply = devReplyOf(ends(stepId(planned.issue, step)));
    return reply === undefined ? [] : claimsIn(reply, planned).map((claim) => `${step.replace("_", " ")}: ${claim}`);
  });
}
