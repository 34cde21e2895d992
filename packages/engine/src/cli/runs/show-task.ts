import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { nearest } from "../../config/suggest.ts";
import { formatDuration } from "../../report/numbers.ts";
import { manyLines, oneLine } from "../../report/sanitise.ts";
import type { TaskSummary } from "../../report/summary.ts";
import { ranFor, type Timeline, type TimelineTask } from "../../report/timeline.ts";
import type { CliOutput } from "../command.ts";
import { table } from "../table.ts";
import type { KeptRun } from "./kept-run.ts";

/** One task of a run: how it ended, why it ran, when, and where its log lies. */
export function shownTask(run: KeptRun, timeline: Timeline, id: string): Result<CliOutput, Diagnostic> {
  const task = run.summary.tasks.find((each) => each.id === id);
  if (task === undefined) return fail(noTask(run, id));
  const planned = timeline.tasks.find((each) => each.id === id);
  const { ran, level = 0, dependsOn = [] } = planned ?? {};
  const json = JSON.parse(
    JSON.stringify({ run: run.id, ...task, level, dependsOn, startedMs: ran?.from ?? null, slot: slotOf(planned) }),
  ) as NonNullable<CliOutput["json"]>;
  const notes = task.diagnostics.map(({ code, message }) => manyLines(`${code}  ${message}`).join("\n"));
  return ok({ exitCode: 0, text: [headOf(task, planned), table(rowsOf(task, planned)), ...notes].join("\n"), json });
}

function headOf({ id, status, cache, resumed }: TaskSummary, planned: TimelineTask | undefined): string {
  const served = resumed ? "resumed" : "cached";
  if (status === null)
    return `${id}  ${planned?.ran === undefined ? "was not reached" : "was running when the run ended"}`;
  return `${id}  ${status}${cache === "hit" ? `, ${served}` : ""}`;
}

function rowsOf(task: TaskSummary, planned: TimelineTask | undefined): string[][] {
  const { cache, summary, reason, missed, log, savedMs } = task;
  const { ran, level = 0, dependsOn = [] } = planned ?? {};
  return [
    ["  summary", oneLine(summary)],
    ["  reason", reason === summary ? "" : oneLine(reason ?? "")],
    ["  why it ran", oneLine(missed ?? "")],
    [
      "  ran",
      planned === undefined || ran === undefined
        ? ""
        : `${formatDuration(ranFor(planned))}, from ${formatDuration(ran.from)}, in slot ${String(ran.lane + 1)}`,
    ],
    ["  saved", cache === "hit" ? formatDuration(savedMs) : ""],
    ["  level", String(level)],
    ["  waits for", dependsOn.join(" ")],
    ["  log", log ?? ""],
  ].filter(([, text]) => text !== "");
}

function slotOf(planned: TimelineTask | undefined): number | null {
  return planned?.ran === undefined ? null : planned.ran.lane + 1;
}

function noTask({ id: run, summary }: KeptRun, id: string): Diagnostic {
  const guess = nearest(
    id,
    summary.tasks.map((task) => task.id),
  );
  return errorOf("SYM2023", `${run} has no task \`${id}\``, {
    hint: guess === undefined ? `\`symbiotic runs show ${run} --json\` lists its tasks` : `did you mean \`${guess}\`?`,
  });
}
