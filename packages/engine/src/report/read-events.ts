import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Envelope, RunEvent } from "../core/event.ts";

const KNOWN = {
  "run-started": true,
  "project-affected": true,
  "plan-ready": true,
  "task-started": true,
  "task-output": true,
  "task-retried": true,
  "task-finished": true,
  finding: true,
  test: true,
  measured: true,
  progress: true,
  "gate-decided": true,
  diagnostic: true,
  "run-finished": true,
} as const satisfies Record<RunEvent["type"], true>;

/** The events in a run's folder. A file that is not there has none. */
export function readEvents(directory: string): readonly Envelope[] {
  try {
    return parseEvents(readFileSync(join(directory, "events.jsonl"), "utf8"));
  } catch {
    return [];
  }
}

/** The events of a text of JSON lines; a torn line and a type that this version does not know are passed over. */
export function parseEvents(text: string): readonly Envelope[] {
  return text.split("\n").flatMap((line) => {
    const envelope = line === "" ? undefined : parsed(line);
    return envelope === undefined ? [] : [envelope];
  });
}

function parsed(line: string): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isEnvelope(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What has a type that is known was written by a reporter, from the types. */
function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== "object" || value === null || !("event" in value)) return false;
  const { event } = value;
  return typeof event === "object" && event !== null && "type" in event && String(event.type) in KNOWN;
}
