import { oneLine } from "../../report/sanitise.ts";
import type { MissedInput, UndeclaredWrite } from "../../verify/verdict.ts";
import { table } from "../table.ts";
import type { Verified, VerifiedTasks } from "./verify-tasks.ts";

/** What was found, a task a line and below it each thing that was missed; the last line counts. */
export function renderVerified({ tasks, bubblewrap }: VerifiedTasks): string {
  if (tasks.length === 0) return "nothing to verify";
  const lines = table(tasks.map((each) => [each.task, wordOf(each), firstWords(each)])).split("\n");
  const rows = tasks.flatMap((each, index) => [lines[index] ?? "", ...details(each).map((text) => `    ${text}`)]);
  const note =
    "why" in bubblewrap && bubblewrap.why !== "--copied" ? [`note: run in copies, since ${bubblewrap.why}`] : [];
  return [...rows, "", ...note, ...wayOut(tasks), counts(tasks)].join("\n");
}

function wayOut(tasks: readonly Verified[]): readonly string[] {
  const reads = tasks.some(({ missed, variables }) => missed.length + variables.length > 0);
  const writes = tasks.some((each) => each.writes.length > 0);
  const places = [...(reads ? ["inputs or variables"] : []), ...(writes ? ["outputs or scratch"] : [])];
  return places.length === 0
    ? []
    : [`declare what is named here among the atom's ${places.join(", ")}, or let the task do without it`];
}

/** Whether a task is shown to come to the same with what it declares, or was none to be run: whatever else was found is to be looked at. */
export function isWell({ verdict, writes }: Verified): boolean {
  return verdict === "skipped" || (verdict === "same" && writes.length === 0);
}

function wordOf(each: Verified): string {
  if (each.verdict === "unverified") return "not verified";
  return each.verdict === "same" && !isWell(each) ? "wrote" : each.verdict;
}

function firstWords(each: Verified): string {
  const { verdict, reason, isolation } = each;
  if (reason !== undefined) return oneLine(reason);
  const way = isolation === undefined ? "" : ` (${isolation})`;
  if (verdict === "missed") return `gives something else with only its declared inputs${way}`;
  if (!isWell(each)) return `reads only what it declares, and writes elsewhere${way}`;
  return `gives the same with only its declared inputs${way}`;
}

function details({ missed, variables, writes }: Verified): readonly string[] {
  const lacked = variables.map((name) => `the variable ${name} is read and not declared, so it is withheld`);
  return [...missed.map(missedText), ...lacked, ...writes.map(writeText)];
}

function missedText({ path, kind, files, ignored, producer, certain }: MissedInput): string {
  const place = oneLine(path);
  const what = kind === "folder" ? `${place}/ (${count(files, "file")})` : place;
  const read = certain ? "is read and not declared" : "may be read and is not declared";
  if (producer !== undefined) return `${what} ${read}: ${producer} makes it, and the task does not depend on that`;
  return `${what} ${read}${ignored ? ", and git ignores it" : ""}`;
}

function writeText({ path, kind, change, files }: UndeclaredWrite): string {
  const place = oneLine(path);
  return `${kind === "folder" ? `${place}/ (${count(files, "file")})` : place} is ${change} and is neither an output nor scratch`;
}

function counts(tasks: readonly Verified[]): string {
  const of = (word: string): number => tasks.filter((each) => wordOf(each) === word).length;
  const parts = ["same", "missed", "wrote", "not verified", "skipped"].flatMap((word) =>
    of(word) === 0 ? [] : [`${String(of(word))} ${word}`],
  );
  return `${count(tasks.length, "task")}: ${parts.join(", ")}`;
}

function count(number: number, word: string): string {
  return `${String(number)} ${word}${number === 1 ? "" : "s"}`;
}
