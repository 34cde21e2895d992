import { fail, ok, type CommandAnswer, type Diagnostic, type JsonValue, type Result } from "@symbiotic-build/engine";
import { loopSettings } from "../issue-loop/loop-settings.ts";
import { planLoop, type PlannedLoop } from "../issue-loop/plan-loop.ts";
import type { Earlier } from "../issue-loop/kept-work.ts";
import { issuePlanJson } from "../issue-plan/show/plan-json.ts";
import { issuePlanText } from "../issue-plan/show/plan-text.ts";
import { filterOf, type IssueAction } from "./issue-action.ts";

/** How many steps at once where nobody says. */
const PARALLEL = 2;

/** `issues plan`: what may be done at once, what comes first, what gets in whose way. What passed in the latest run is finished. */
export function planOfIssues(action: IssueAction): Promise<Result<CommandAnswer, readonly Diagnostic[]>> {
  const { parsed, io } = action;
  const latest = parsed.flags.has("fresh") ? undefined : io.kept("latest");
  const planned = plannedBy(action, latest?.ok === true ? latest.value : undefined);
  if (!planned.ok) return Promise.resolve(planned);
  const { plan } = planned.value;
  // An interface is no JSON by its type; this one is by what it holds.
  const json = issuePlanJson(plan) as unknown as JsonValue;
  return Promise.resolve(ok({ passed: true, text: issuePlanText(plan), json }));
}

/** How many steps at once. */
export function parallelOf({ parsed, setting }: Pick<IssueAction, "parsed" | "setting">): number {
  return Number(parsed.values.get("parallel") ?? setting.parallel ?? PARALLEL);
}

/** The plan that `issues plan` shows and `issues run` runs by. */
export function plannedBy(action: IssueAction, earlier: Earlier): Result<PlannedLoop, readonly Diagnostic[]> {
  const { parsed, io, setting, documents } = action;
  const errors = documents.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return fail(errors);
  return planLoop({
    ...{ graph: documents.graph, filter: filterOf(parsed), repository: io, parallel: parallelOf(action), earlier },
    settings: loopSettings(setting, { branch: io.branch, flags: parsed.flags }),
    textOf: (issue) => documents.texts.get(issue) ?? "",
  });
}
