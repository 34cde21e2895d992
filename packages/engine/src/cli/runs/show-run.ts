import { criticalPath, type CriticalPath } from "../../report/critical-path.ts";
import { formatDuration } from "../../report/numbers.ts";
import { oneLine } from "../../report/sanitise.ts";
import type { TaskSummary } from "../../report/summary.ts";
import type { Timeline } from "../../report/timeline.ts";
import { ago } from "../ago.ts";
import type { CliOutput } from "../command.ts";
import { askedText } from "../resume.ts";
import { table } from "../table.ts";
import type { KeptRun } from "./kept-run.ts";
import { countsText } from "./list-runs.ts";

/** A shorter wait is nothing that anyone could change. */
const TOLD_WAIT_MS = 100;

/** A run as it is shown: what it was asked for, how it ended, what failed and where the logs lie, the critical path. */
export function shownRun(run: KeptRun, timeline: Timeline, now: number): CliOutput {
  const path = criticalPath(timeline);
  const sections = [
    `run ${run.id}  ${endText(run)}`,
    table(facts(run, now)),
    ...section("did not end well", run.summary.tasks.filter(isBad).map(badRow)),
    ...section("was running", unfinished(timeline)),
    ...section("gates that do not pass", badGates(run)),
    ...section(`critical path  ${formatDuration(path.durationMs)}`, pathRows(path)),
    ...wayOut(run),
  ];
  return { exitCode: 0, text: sections.join("\n\n"), json: jsonOf(run, path) };
}

function endText({ state, summary: { exitCode, interrupted } }: KeptRun): string {
  if (state === "running") return "still goes on";
  if (state === "crashed") return "crashed: it did not come to its end";
  return `${state}${interrupted === null ? "" : ` by ${interrupted}`} (exit code ${String(exitCode)})`;
}

function facts({ summary, asked, startedAt, state, resumedBy }: KeptRun, now: number): string[][] {
  const { counts, savedMs, durationMs, resumes, targets } = summary;
  const saved = savedMs > 0 ? ` (${formatDuration(savedMs)} saved)` : "";
  return [
    ["asked", asked === null ? targets.join(" ") : askedText(asked)],
    ["started", `${startedAt} (${ago(Math.max(0, now - Date.parse(startedAt)))})`],
    [state === "crashed" ? "known until" : "took", formatDuration(durationMs)],
    ["tasks", `${countsText(counts, state)}${saved}`],
    ...(resumes ? [["resumes", resumes]] : []),
    ...(resumedBy === null ? [] : [["resumed by", resumedBy]]),
  ].map(([name = "", ...rest]) => [`  ${name}`, ...rest]);
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : [`${title}\n${table(rows.map((row) => row.map((text) => oneLine(text))))}`];
}

function isBad({ status }: TaskSummary): boolean {
  return status === "failed" || status === "broken";
}

function badRow({ id, status, reason, summary, log }: TaskSummary): string[] {
  return [`  ${id}`, status ?? "", reason ?? summary, log ?? ""];
}

function unfinished({ tasks, finished }: Timeline): string[][] {
  if (finished !== undefined) return [];
  return tasks.filter((task) => task.ran !== undefined && task.finished === undefined).map(({ id }) => [`  ${id}`]);
}

function badGates({ summary }: KeptRun): string[][] {
  return summary.gates
    .filter(({ verdict }) => verdict !== "pass")
    .map(({ gate, measured, wanted, verdict, required }) => [
      `  ${gate}`,
      measured,
      wanted,
      `${verdict}${required ? "" : " (advisory)"}`,
    ]);
}

function pathRows({ steps }: CriticalPath): string[][] {
  return steps.map(({ task, durationMs, waitedMs }) => [
    `  ${task.id}`,
    formatDuration(durationMs),
    waitedMs >= TOLD_WAIT_MS ? `after ${formatDuration(waitedMs)} of waiting` : "",
  ]);
}

function wayOut({ id, state, resumedBy, summary }: KeptRun): string[] {
  const isOpen = state === "crashed" || state === "interrupted" || summary.tasks.some(isBad);
  return isOpen && resumedBy === null ? [`\`symbiotic run --resume ${id}\` goes on with it`] : [];
}

function jsonOf({ state, summary, asked, resumedBy }: KeptRun, path: CriticalPath): NonNullable<CliOutput["json"]> {
  const steps = path.steps.map(({ task, durationMs, waitedMs }) => ({ task: task.id, durationMs, waitedMs }));
  return JSON.parse(
    JSON.stringify({ ...summary, state, asked, resumedBy, criticalPath: { durationMs: path.durationMs, steps } }),
  ) as NonNullable<CliOutput["json"]>;
}
