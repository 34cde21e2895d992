import type { GateDecided } from "./core/event.ts";
import { settledForGates, type TaskResult } from "./execute/task-result.ts";
import { decideGates, type GateQuestion } from "./gate/decide.ts";
import { decideDuration, DURATION_BUDGET } from "./gate/duration-budget.ts";
import { decideSecurity, SECURITY } from "./gate/security.ts";
import type { Opened } from "./open.ts";
import { securityChecks, type SevereBefore } from "./security-checks.ts";

/** The verdicts over these results, of plugins' gates and of the budget. Pure. */
export function gatesOver(
  results: readonly TaskResult[],
  { index, judge, config }: Pick<Opened, "index" | "judge" | "config">,
  compared: Pick<GateQuestion, "comparison"> & { readonly severeBefore?: SevereBefore } = {},
): GateDecided[] {
  const settings = config.settings.gates ?? {};
  const settled = results.map((result) => ({ task: result.task, settled: settledForGates(result, judge) }));
  const { comparison, severeBefore } = compared;
  const decided = decideGates(index.gates, settled, {
    settings,
    fingerprintOf: (finding) => judge.fingerprintOf(finding),
    ...(comparison === undefined ? {} : { comparison }),
  });
  const timed = results.map(({ task, durationMs, savedMs }) => ({
    project: task.project.name,
    ms: durationMs + savedMs,
  }));
  const budget = decideDuration(timed, settings[DURATION_BUDGET]);
  const checks = securityChecks(results, {
    index,
    judge,
    decided,
    ...(severeBefore === undefined ? {} : { severeBefore }),
    ...(comparison === undefined ? {} : { comparison }),
  });
  const security = decideSecurity(checks, settings[SECURITY]);
  return [...decided, ...(security === undefined ? [] : [security]), ...(budget === undefined ? [] : [budget])];
}
