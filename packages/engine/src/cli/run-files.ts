import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SUMMARY_FILE } from "../journal/run-folders.ts";
import type { RunRecord } from "../journal/run-record.ts";
import { createJsonLinesReporter } from "../report/json-lines.ts";
import type { Reporter } from "../report/reporter.ts";
import { createSummaryReporter } from "../report/summary-reporter.ts";

/** Does what writes, as long as that goes well. */
export type Guard = (act: () => void) => void;

/** A record that cannot be written is no reason to do nothing. */
export function quietly(act: () => void): void {
  try {
    act();
  } catch {
    return;
  }
}

/** So many events of a run in which something runs are gathered before they are written. */
const GATHERED = 500;

/**
 * The reporters that write the record of a run. `events.jsonl` is written at once when nothing runs; while something
 * does, each start and end of a task writes what there is, so that a run that is killed leaves what it was doing.
 * `summary.json` is written at the end, and where something ran so are `trace.json` and `profile.md`: they are made of
 * the events alone, and `runs show` makes them for the other runs.
 */
export function createRunFiles({ directory }: RunRecord, guard: Guard): readonly Reporter[] {
  return [eventsFile(directory, guard), summaryFile(directory, guard)];
}

function eventsFile(directory: string, guard: Guard): Reporter {
  const file = join(directory, "events.jsonl");
  let lines: string[] = [];
  let hasRun = false;
  const flush = (): void => {
    const text = lines.join("");
    lines = [];
    if (text !== "")
      guard(() => {
        appendFileSync(file, text);
      });
  };
  const log = createJsonLinesReporter({ write: (_stream, text) => void lines.push(text) });
  return {
    handle(envelope) {
      log.handle(envelope);
      const { event } = envelope;
      hasRun ||= event.type === "task-started";
      const isStep = event.type === "task-started" || (event.type === "task-finished" && event.cache !== "hit");
      if (hasRun && (isStep || lines.length >= GATHERED)) flush();
    },
    close() {
      log.close();
      flush();
    },
    async finish() {
      if (!hasRun) return;
      const { writeProfile } = await import("./write-profile.ts");
      guard(() => {
        writeProfile(directory);
      });
    },
  };
}

function summaryFile(directory: string, guard: Guard): Reporter {
  return createSummaryReporter({
    write: (_stream, text) => {
      guard(() => {
        writeFileSync(join(directory, SUMMARY_FILE), text);
      });
    },
  });
}
