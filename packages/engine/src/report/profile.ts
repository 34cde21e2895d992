import { criticalPath, type CriticalPath } from "./critical-path.ts";
import { cell, markdownTable } from "./markdown.ts";
import { count, formatDuration } from "./numbers.ts";
import { byTime, totalsBy, type Total } from "./profile-totals.ts";
import { ranFor, type Timeline, type TimelineTask } from "./timeline.ts";

/** How many tasks, projects and atoms a table names. */
const MOST = 20;

/** Where a run's time went, as Markdown: in numbers, the critical path, the slowest tasks, by project, by atom. */
export function profileOf(timeline: Timeline, path: CriticalPath = criticalPath(timeline)): string {
  const { tasks } = timeline;
  const sections = [
    `# Run ${cell(timeline.run)}`,
    headline(timeline),
    markdownTable(["", ""], facts(timeline)),
    ...criticalSection(path),
    ...slowestSection(tasks),
    ...totalsSection(
      "project",
      totalsBy(tasks, ({ project }) => project),
    ),
    ...totalsSection(
      "atom",
      totalsBy(tasks, ({ atom }) => atom),
    ),
  ];
  return `${sections.join("\n\n")}\n`;
}

function headline({ started, finished }: Timeline): string {
  const parts = [
    `targets: ${(started?.targets ?? []).map(cell).join(" ")}`,
    `symbiotic ${cell(started?.version ?? "")}`,
    cell(started?.startedAt ?? ""),
    finished === undefined ? "it did not come to its end" : `exit code ${String(finished.exitCode)}`,
  ];
  return parts.join(" · ");
}

function facts(timeline: Timeline): string[][] {
  const { tasks, finished, started, endAt } = timeline;
  const run = tasks.filter(({ ran }) => ran !== undefined);
  const skipped = tasks.filter((task) => task.finished?.status === "skipped");
  const hits = tasks.filter((task) => task.finished?.cache === "hit");
  const saved = hits.reduce((sum, task) => sum + (task.finished?.savedMs ?? 0), 0);
  const resumed = hits.filter((task) => task.finished?.resumed).length;
  return [
    ["took", formatDuration(finished?.durationMs ?? endAt)],
    ["tasks", `${String(tasks.length)}: ${amounts({ run: run.length, cached: hits.length, skipped: skipped.length })}`],
    ["cache hits", `${String(hits.length)} of ${String(tasks.length)}${percent(hits.length, tasks.length)}`],
    ...(resumed > 0
      ? [["resumed", `${String(resumed)} of the hits, from ${started?.resumes ?? "an earlier run"}`]]
      : []),
    ["time saved", formatDuration(saved)],
    ...(run.length > 0 ? [["at once", parallelism(run, started?.slots)]] : []),
  ];
}

/** `4 run, 1 cached`: those that are not none. */
function amounts(all: Readonly<Record<string, number>>): string {
  const told = Object.entries(all).filter(([, amount]) => amount > 0);
  return told.map(([word, amount]) => `${String(amount)} ${word}`).join(", ") || "none ended";
}

function parallelism(run: readonly TimelineTask[], slots: number | undefined): string {
  const busy = run.reduce((sum, task) => sum + ranFor(task), 0);
  const from = Math.min(...run.map(({ ran }) => ran?.from ?? 0));
  const to = Math.max(...run.map(({ ran }) => ran?.to ?? 0));
  const most = Math.max(...run.map(({ ran }) => (ran?.lane ?? 0) + 1));
  const average = to > from ? busy / (to - from) : most;
  const of = slots === undefined ? "" : `, of ${count(slots, "slot")}${percent(average, slots)}`;
  return `${count(most, "task")} at most, ${average.toFixed(1)} on average${of}`;
}

function criticalSection({ steps, durationMs }: CriticalPath): string[] {
  if (steps.length === 0) return [];
  const waited = steps.reduce((sum, step) => sum + step.waitedMs, 0);
  const rows = steps.map(({ task, ...step }) => [
    task.id,
    formatDuration(step.durationMs),
    formatDuration(step.waitedMs),
  ]);
  return [
    "## Critical path",
    `Each needed the one above it: with any number of slots the tasks take ${formatDuration(durationMs)}. Waited: ready, while others ran.`,
    markdownTable(
      ["task", "took>", "waited>"],
      [...rows, ["together", formatDuration(durationMs), formatDuration(waited)]],
    ),
  ];
}

function slowestSection(tasks: readonly TimelineTask[]): string[] {
  const run = tasks.filter(({ ran }) => ran !== undefined).sort(byTime);
  if (run.length === 0) return [];
  const rows = run.slice(0, MOST).map((task) => {
    const { id, finished } = task;
    return [id, formatDuration(ranFor(task)), finished?.status ?? "unfinished", finished?.missed ?? ""];
  });
  return [
    "## Slowest tasks",
    markdownTable(["task", "took>", "ended", "why it ran"], rows),
    ...rest(run.length, "task"),
  ];
}

function totalsSection(noun: string, totals: readonly Total[]): string[] {
  if (totals.length === 0) return [];
  const rows = totals
    .slice(0, MOST)
    .map(({ name, tasks, run, cached, ranMs, savedMs }) => [
      name,
      ...[tasks, run, cached].map(String),
      ...[ranMs, savedMs].map(formatDuration),
    ]);
  const head = [noun, "tasks>", "run>", "cached>", "took>", "saved>"];
  return [`## By ${noun}`, markdownTable(head, rows), ...rest(totals.length, noun)];
}

function rest(length: number, noun: string): string[] {
  return length > MOST ? [`and ${count(length - MOST, noun)} more`] : [];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "" : ` (${String(Math.round((100 * part) / whole))} %)`;
}
