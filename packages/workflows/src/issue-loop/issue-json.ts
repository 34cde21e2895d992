import type { JsonValue } from "@symbiotic-build/engine";
import type { EndedIssue } from "./escalation.ts";
import { ignoredClaims } from "./ignored-claims.ts";
import type { Told } from "./review-doc.ts";
import { stepId } from "./step-ids.ts";

/**
 * What became of an issue, for programs. Its branch, the branches that this stands on and its draft are what the loop made; what agents
 * say of them stands beside, as ignored.
 */
export function issueJson({ planned, outcome }: EndedIssue, { ends, settings }: Omit<Told, "outcome">): JsonValue {
  const { issue, branch, stack } = planned;
  const { state, why, fixes, left, questions } = outcome;
  const url = ends(stepId(issue, "publish"))?.data["url"];
  const isMade = ends(stepId(issue, "open"))?.status === "ok";
  return {
    ...{ id: issue.id.value, branch, state, why, fixes, left: [...left], questions: [...questions] },
    stack_branches: isMade ? [...stack] : [],
    draft_prs: typeof url === "string" ? [url] : [],
    ignored: [...ignoredClaims(planned, ends, settings)],
  };
}
