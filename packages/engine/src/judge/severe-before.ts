import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import type { TaskResult } from "../execute/task-result.ts";
import type { RunParts } from "../run-parts.ts";
import { securityTasks, severeOf, type SevereBefore } from "../security-checks.ts";
import { runAtBase } from "./run-at-base.ts";

/**
 * What the checks for security that found something severe had found at the base already; they are run there, as nothing
 * else tells new from old. Empty where nothing severe was found, and where the run compares with nothing.
 */
export async function severeBefore(
  { opened, request, plan }: RunParts,
  results: readonly TaskResult[],
): Promise<Result<SevereBefore, readonly Diagnostic[]>> {
  const severe = securityTasks(results).filter((result) => (severeOf(result, opened.judge) ?? []).length > 0);
  const commit = plan.changes?.comparison.commit;
  if (severe.length === 0 || commit === undefined || request.judging === undefined) return ok(new Map());
  const base = await request.judging.bases.open(commit);
  if (!base.ok) return base;
  const names = severe.map(({ task }) => `${task.project.name}:${task.atomId}`);
  const ended = await runAtBase(base.value, { names, request, opened });
  if (!ended.ok) return ended;
  const { judge } = base.value.opened;
  return ok(
    new Map(
      ended.value.map((result) => {
        const all = result.evidence && judge.judge(result.evidence).map(({ fingerprint }) => fingerprint);
        return [result.task.id, all === undefined ? "unknown" : new Set(all)] as const;
      }),
    ),
  );
}
