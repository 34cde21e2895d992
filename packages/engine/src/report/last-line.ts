import type { GateDecided, RunFinished, TaskCounts } from "../core/event.ts";
import { count, formatDuration } from "./numbers.ts";
import { oneLine } from "./sanitise.ts";
import type { Style } from "./style.ts";

/** Whether all was served from the cache and passed: nothing has to be said but that. */
export function isFullHit(finished: RunFinished, gates: readonly GateDecided[]): boolean {
  const { tasks, exitCode, interrupted } = finished;
  const allCached = tasks.total > 0 && tasks.cached === tasks.total && tasks.ok === tasks.total;
  return allCached && exitCode === 0 && interrupted === undefined && gates.every(({ verdict }) => verdict === "pass");
}

/** The whole output of a full hit. */
export function fullHitLine(finished: RunFinished, gates: readonly GateDecided[], style: Style): string {
  const { total, cached, resumed = 0 } = finished.tasks;
  const verdict = gatesText(gates).map(style.green);
  const known = [part(cached - resumed, "cached"), part(resumed, "resumed")].filter((text) => text !== "");
  return [[count(total, "task"), ...known].join(", "), ...verdict, formatDuration(finished.durationMs)].join(" · ");
}

/** What came of a run in a few words, in the order of their weight: the interruption, the gates, tasks that no gate tells of. */
export function verdictParts(
  { interrupted, tasks }: Pick<RunFinished, "interrupted" | "tasks">,
  gates: readonly GateDecided[],
): string[] {
  return [...interruption(interrupted), ...gatesText(gates), ...failedTasks(tasks, gates)];
}

/** The last line: what happened, how long, and where to look. */
export function lastLine(finished: RunFinished, gates: readonly GateDecided[], style: Style): string {
  const { tasks, durationMs, directory, exitCode } = finished;
  const colour = exitCode === 0 ? style.green : style.red;
  const head = verdictParts(finished, gates);
  const tail = [tasksText(tasks), formatDuration(durationMs), oneLine(directory)].filter((part) => part !== "");
  return [...(head.length > 0 ? [colour(head.join(" · "))] : []), ...tail].join(" · ");
}

function interruption(interrupted: RunFinished["interrupted"]): string[] {
  return interrupted === undefined ? [] : [`interrupted by ${interrupted}`];
}

/** The required gates decide; advisory ones are said where they do not pass. */
function gatesText(gates: readonly GateDecided[]): string[] {
  if (gates.length === 0) return [];
  const required = gates.filter((gate) => gate.required);
  const bad = verdicts(required, gates.length);
  const advisory = gates.filter((gate) => !gate.required && gate.verdict !== "pass");
  const said =
    advisory.length === 0
      ? []
      : [`${count(advisory.length, "advisory gate")} ${advisory.length === 1 ? "does" : "do"} not pass`];
  if (bad !== "") return [bad];
  if (advisory.length === 0) return [gates.length === 1 ? "the gate passes" : `all ${String(gates.length)} gates pass`];
  if (required.length === 0) return said;
  return [
    required.length === 1 ? "the required gate passes" : `all ${String(required.length)} required gates pass`,
    ...said,
  ];
}

function verdicts(required: readonly GateDecided[], total: number): string {
  const [failed, held] = [number(required, "fail"), number(required, "hold")];
  const of = `of ${count(total, "gate")}`;
  if (failed > 0) return `${String(failed)} ${of} failed${held > 0 ? `, ${holds(held)}` : ""}`;
  return held > 0 ? `${String(held)} ${of} ${held === 1 ? "holds" : "hold"}` : "";
}

function holds(amount: number): string {
  return `${String(amount)} ${amount === 1 ? "holds" : "hold"}`;
}

function number(gates: readonly GateDecided[], verdict: GateDecided["verdict"]): number {
  return gates.filter((gate) => gate.verdict === verdict).length;
}

/** A failed task is told by the gate that failed for it, where one did; a broken one always. */
function failedTasks({ failed, broken }: TaskCounts, gates: readonly GateDecided[]): string[] {
  const isTold = gates.some((gate) => gate.required && gate.verdict === "fail");
  const told = failed > 0 && !isTold ? [`${count(failed, "task")} failed`] : [];
  return broken > 0 ? [...told, `${count(broken, "task")} broke`] : told;
}

function tasksText({ total, cached, skipped, resumed = 0, flaky = 0 }: TaskCounts): string {
  const run = total - cached - skipped;
  const parts = [
    part(run, "run"),
    part(cached - resumed, "cached"),
    part(resumed, "resumed"),
    part(skipped, "skipped"),
    part(flaky, "flaky"),
  ].filter((text) => text !== "");
  return `${count(total, "task")}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`;
}

function part(amount: number, word: string): string {
  return amount > 0 ? `${String(amount)} ${word}` : "";
}
