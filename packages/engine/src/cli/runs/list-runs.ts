import type { TaskCounts } from "../../core/event.ts";
import { listRuns } from "../../journal/run-folders.ts";
import { formatDuration } from "../../report/numbers.ts";
import { ago } from "../ago.ts";
import type { CliOutput } from "../command.ts";
import { table } from "../table.ts";
import { keptRun, type KeptRun } from "./kept-run.ts";

/** The newest runs, `limit` of them at most, as a table and as JSON. */
export function listOfRuns(root: string, { limit, now }: { readonly limit: number; readonly now: number }): CliOutput {
  const runs = listRuns(root).slice(0, limit).map(keptRun);
  const json = runs.map(({ id, state, startedAt, summary, resumedBy }) => ({
    run: id,
    state,
    startedAt,
    targets: summary.targets,
    exitCode: summary.exitCode,
    durationMs: summary.durationMs,
    savedMs: summary.savedMs,
    counts: { ...summary.counts },
    resumes: summary.resumes ?? null,
    resumedBy,
  }));
  return {
    exitCode: 0,
    json,
    text: runs.length === 0 ? "no run is kept here" : table(runs.map((run) => row(run, now))),
  };
}

function row({ id, state, startedAt, summary }: KeptRun, now: number): string[] {
  const { targets, counts, durationMs } = summary;
  const when = ago(Math.max(0, now - Date.parse(startedAt)));
  return [id, when, targets.join(" "), state, countsText(counts, state), formatDuration(durationMs)];
}

/** `4 run, 8 cached`; of a run that did not come to its end how far it came. */
export function countsText(counts: TaskCounts, state: string): string {
  const { total, ok, failed, broken, skipped, cached, resumed = 0 } = counts;
  if (state === "crashed" || state === "running")
    return `${String(ok + failed + broken + skipped)} of ${String(total)} ended`;
  const parts = [
    [total - cached - skipped, "run"],
    [cached - resumed, "cached"],
    [resumed, "resumed"],
    [skipped, "skipped"],
  ] as const;
  const told = parts.filter(([amount]) => amount > 0).map(([amount, word]) => `${String(amount)} ${word}`);
  return told.length === 0 ? "none" : told.join(", ");
}
