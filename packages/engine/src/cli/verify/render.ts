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
  return [...rows, "", ...note, counts(tasks)].join("\n");
}

/** Whether something was missed: an input, or a write. */
export function isMissed({ verdict, writes }: Verified): boolean {
  return verdict === "missed" || writes.length > 0;
}

function wordOf(each: Verified): string {
  if (each.verdict === "unverified") return "not verified";
  return each.verdict === "same" && isMissed(each) ? "wrote" : each.verdict;
}

function firstWords({ verdict, reason, isolation }: Verified): string {
  if (reason !== undefined) return reason;
  const way = isolation === undefined ? "" : ` (${isolation})`;
  return verdict === "same"
    ? `its declared inputs suffice${way}`
    : `it comes to something else with its declared inputs${way}`;
}

function details({ missed, writes }: Verified): readonly string[] {
  return [...missed.map(missedText), ...writes.map(writeText)];
}

function missedText({ path, kind, files, ignored, producer, certain }: MissedInput): string {
  const place = path.toWellFormed();
  const what = kind === "folder" ? `${place}/ (${count(files, "file")})` : place;
  const read = certain ? "is read and not declared" : "may be read and is not declared";
  if (producer !== undefined) return `${what} ${read}: ${producer} makes it, and the task does not depend on that`;
  return `${what} ${read}${ignored ? ", and git ignores it" : ""}`;
}

function writeText({ path, change, files }: UndeclaredWrite): string {
  const place = path.toWellFormed();
  return `${files > 1 ? `${place}/ (${count(files, "file")})` : place} is ${change} and is neither an output nor scratch`;
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
