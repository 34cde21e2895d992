import { randomUUID } from "node:crypto";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunRecord } from "../journal/run-record.ts";
import { createGithubReporter } from "../report/github.ts";
import { createJsonLinesReporter } from "../report/json-lines.ts";
import { createPlainReporter } from "../report/plain.ts";
import type { OutputLogs, Reporter } from "../report/reporter.ts";
import { createSummaryReporter } from "../report/summary-reporter.ts";
import { createTerminalReporter } from "../report/terminal.ts";
import type { CliContext, Parsed } from "./command.ts";

/** The reporters of a run: one for whoever reads the output, and two that write its record. */
export function createReporters(parsed: Parsed, context: CliContext, record: RunRecord): readonly Reporter[] {
  return [...fileReporters(record), shownReporter(parsed, context)];
}

function fileReporters({ directory }: RunRecord): Reporter[] {
  const events = join(directory, "events.jsonl");
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) appendFileSync(events, lines.join(""));
    lines = [];
  };
  const log = createJsonLinesReporter({
    write: (_stream, text) => {
      // Gathered: a full hit is a thousand events in one moment, and each write is a system call.
      if (lines.push(text) >= 500) flush();
    },
  });
  const record: Reporter = {
    handle(envelope) {
      log.handle(envelope);
      if (envelope.event.type === "task-finished" && envelope.event.cache !== "hit") flush();
    },
    close() {
      log.close();
      flush();
    },
  };
  return [record, createSummaryReporter({ write: (_stream, text) => { writeFileSync(join(directory, "summary.json"), text); } })];
}

function shownReporter(parsed: Parsed, { write, terminal, environment, now }: CliContext): Reporter {
  const { colour, size } = terminal;
  if (parsed.flags.has("json")) return createSummaryReporter({ write });
  const asked = parsed.values.get("output-logs") as OutputLogs | undefined;
  const human = { write, colour, ...(asked === undefined ? {} : { outputLogs: asked }) };
  if (environment.github) return createGithubReporter({ ...human, stopToken: () => randomUUID().replaceAll("-", "") });
  if (!terminal.isTTY || environment.ci) return createPlainReporter(human);
  const every = (milliseconds: number, callback: () => void): (() => void) => {
    const timer = setInterval(callback, milliseconds);
    return () => {
      clearInterval(timer);
    };
  };
  return createTerminalReporter({ ...human, size, now, every });
}
