import type { KeptWorkflow } from "@symbiotic-build/engine";
import type { Issue } from "../issues/issue.ts";
import type { PlanRequest } from "../issue-plan/plan-issues.ts";
import { stepKeyOf } from "./issue-steps.ts";
import type { LoopSettings } from "./loop-settings.ts";
import { stepId } from "./step-ids.ts";

/** The run that a plan keeps the work of; undefined where all is planned anew. */
export type Earlier = Pick<KeptWorkflow, "run" | "endOf"> | undefined;

/**
 * What of an earlier run needs no plan: an issue that passed, and whose document is what it was. One whose development was accepted is begun:
 * what comes anew does not come before it. Pure.
 */
export function keptOf({
  earlier,
  settings,
  textOf,
}: {
  readonly earlier: Earlier;
  readonly settings: LoopSettings;
  readonly textOf: (issue: Issue) => string;
}): Pick<PlanRequest, "finished" | "begun"> {
  const endOf = (issue: Issue, step: "develop" | "finish"): ReturnType<KeptWorkflow["endOf"]> =>
    earlier?.endOf({ id: stepId(issue, step), key: stepKeyOf(issue, textOf(issue), settings) });
  return {
    finished: (issue) => {
      const end = endOf(issue, "finish");
      return end?.status === "ok" ? `${end.summary}, in ${earlier?.run ?? ""}` : undefined;
    },
    begun: (issue) => endOf(issue, "develop")?.status === "ok",
  };
}
