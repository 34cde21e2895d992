import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Diagnostic, errorOf, warningOf } from "../../core/diagnostic.ts";
import type { Envelope } from "../../core/event.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { count } from "../numbers.ts";
import { parseEvents } from "../read-events.ts";
import { isReportable } from "./event-shape.ts";

/** The events of a run, and what is to be said of them. */
export interface LoadedRun {
  readonly events: readonly Envelope[];
  readonly notices: readonly Diagnostic[];
}

/**
 * The events in a run's folder. What cannot be read, or is of something else, is an error; lines that are no events are
 * left out and told of, but for a last one that a kill has torn; a run that did not come to its end is told of.
 */
export function loadRun(directory: string): Result<LoadedRun, Diagnostic> {
  const id = basename(directory);
  const read = readText(join(directory, "events.jsonl"), id);
  if (!read.ok) return read;
  const lines = read.value.split("\n").filter((line) => line.trim() !== "");
  const known = lines.map(readLine);
  const events = known.flatMap((line) => (typeof line === "string" ? [] : [line]));
  if (events.length === 0) return fail(foreign(id, "none of its lines is an event"));
  const other = events.find(({ run }) => run !== id);
  if (other !== undefined) return fail(foreign(id, `they are those of ${other.run}`));
  const isTorn = known.at(-1) === "no JSON" && !read.value.endsWith("\n");
  const bad = known.filter((line) => line === "no JSON" || line === "damaged").length - (isTorn ? 1 : 0);
  return ok({ events, notices: [...damaged(bad, id), ...unfinished(events, id)] });
}

/** `unknown`: an event of a later version, which is no damage. */
function readLine(line: string): Envelope | "no JSON" | "damaged" | "unknown" {
  const [envelope] = parseEvents(line);
  if (envelope !== undefined) return isReportable(envelope) ? envelope : "damaged";
  try {
    const value: unknown = JSON.parse(line);
    const isEvent = typeof value === "object" && value !== null && "event" in value && "run" in value;
    return isEvent ? "unknown" : "damaged";
  } catch {
    return "no JSON";
  }
}

function readText(file: string, id: string): Result<string, Diagnostic> {
  try {
    const text = readFileSync(file, "utf8");
    if (text.trim() !== "") return ok(text);
    return fail(noEvents(id, "events.jsonl is empty"));
  } catch (thrown) {
    const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : String(thrown);
    return fail(noEvents(id, code === "ENOENT" ? "events.jsonl is not there" : `events.jsonl cannot be read: ${code}`));
  }
}

function noEvents(id: string, why: string): Diagnostic {
  return errorOf("SYM4080", `${id} has no events to report: ${why}`, {
    hint: "`symbiotic runs list` shows the runs; nothing was written",
  });
}

function foreign(id: string, why: string): Diagnostic {
  return errorOf("SYM4081", `the events in the folder of ${id} are not its own: ${why}`, {
    hint: "run the targets again for reports of a run; nothing was written",
  });
}

function damaged(lines: number, id: string): Diagnostic[] {
  if (lines === 0) return [];
  const lacks = lines === 1 ? "a line of the events" : `${count(lines, "line")} of the events`;
  const message = `${lacks} of ${id} cannot be read: the reports lack what stood there`;
  return [warningOf("SYM4082", message, { hint: "run the targets again for whole reports" })];
}

function unfinished(events: readonly Envelope[], id: string): Diagnostic[] {
  if (events.some(({ event }) => event.type === "run-finished")) return [];
  const message = `${id} did not come to its end: the reports have what there is of it`;
  return [warningOf("SYM4083", message, { hint: `\`symbiotic run --resume ${id}\` goes on with it` })];
}
