import { formatTaskId, type TaskId } from "@symbiotic-build/engine";
import type { Issue } from "../issues/issue.ts";

/** The steps of an issue. Those with a number are unrolled, a round each. */
export type StepName =
  | "open"
  | "develop"
  | `verify_${number}`
  | `check_${number}`
  | `review_${number}`
  | `fix_${number}`
  | "write"
  | "publish"
  | "close"
  | "finish";

/** The id of a step: `issue=M3-04:review_2`. */
export function stepId(issue: Pick<Issue, "id">, step: StepName): TaskId {
  return formatTaskId({ kind: "issue", name: issue.id.value }, step);
}
