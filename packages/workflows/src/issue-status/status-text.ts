import { columns } from "../issue-plan/show/columns.ts";
import { oneLine } from "../issue-loop/one-line.ts";
import { plainText } from "../issues/text/plain-text.ts";
import type { IssueStatus, LoopStatus } from "./issue-status.ts";

const HEAD = ["  issue", "state", "step", "fixes", "to mend", "cost", "time"];

/** How a run of the loop stands, for people: one line for all of it, and a row an issue. */
export function loopStatusText(status: LoopStatus): string {
  const { run, issues, done, state, resumedBy, isWhole } = status;
  const head = [
    ...[`run ${run}`, STATES[state], `${String(done)} of ${String(issues.length)} done`],
    ...(status.usd > 0 ? [costText(status)] : []),
    ...(status.open > 0 ? [`${String(status.open)} to mend`] : []),
  ].join(" · ");
  return [
    head,
    "",
    ...statusTable(issues),
    ...(isWhole ? [] : ["", "some lines of its journal cannot be read: steps may be missing"]),
    ...wayOn(state, resumedBy, run),
  ].join("\n");
}

const STATES: Readonly<Record<LoopStatus["state"], string>> = {
  running: "goes on",
  over: "is over",
  stopped: "was broken off",
};

/** A row an issue, with what it cost and what is left. */
export function statusTable(issues: readonly IssueStatus[]): readonly string[] {
  return columns([HEAD, ...issues.map(rowOf)]);
}

function rowOf(status: IssueStatus): readonly string[] {
  const { id, state, step, why, fixes, open, durationMs } = status;
  return [
    ...[`  ${plainText(id)}`, plainText(state), plainText(step ?? "-"), String(fixes), String(open)],
    ...[costText(status), timeText(durationMs), oneLine(why ?? "")],
  ];
}

function wayOn(state: LoopStatus["state"], resumedBy: string | null, run: string): readonly string[] {
  if (resumedBy !== null) return ["", `it was gone on with as ${resumedBy}`];
  return state === "stopped" ? ["", `\`symbiotic issues run --resume=${run}\` goes on with it`] : [];
}

function costText({ usd, isEstimate }: Pick<IssueStatus, "usd" | "isEstimate">): string {
  return usd === 0 ? "-" : `$${usd.toFixed(2)}${isEstimate ? " (estimate)" : ""}`;
}

/** `41s`, `3m 05s`, `2h 10m`. */
function timeText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (number: number): string => String(number).padStart(2, "0");
  if (seconds < 60) return `${String(seconds)}s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${String(minutes)}m ${two(seconds % 60)}s`
    : `${String(Math.floor(minutes / 60))}h ${two(minutes % 60)}m`;
}
