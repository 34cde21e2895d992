import { randomUUID } from "node:crypto";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { warningOf } from "../core/diagnostic.ts";
import type { RunRecord } from "../journal/run-record.ts";
import { formatDiagnostic } from "../report/diagnostic.ts";
import { createGithubReporter } from "../report/github.ts";
import { createJsonLinesReporter } from "../report/json-lines.ts";
import { createPlainReporter } from "../report/plain.ts";
import type { OutputLogs, Reporter } from "../report/reporter.ts";
import { createSummaryReporter } from "../report/summary-reporter.ts";
import { createTerminalReporter } from "../report/terminal.ts";
import type { CliContext, Parsed } from "./command.ts";

/** The reporters of a run: one for whoever reads the output, and two that write its record. */
export function createReporters(parsed: Parsed, context: CliContext, record: RunRecord): readonly Reporter[] {
  return [...fileReporters(record, context), shownReporter(parsed, context)];
}

/** A record that cannot be written is no reason to lose the run: it is said once, and nothing more is written. */
function guardedWriter({ write, terminal }: CliContext): (act: () => void) => void {
  let isBroken = false;
  return (act) => {
    if (isBroken) return;
    try {
      act();
    } catch (thrown) {
      isBroken = true;
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      const warning = warningOf("SYM4016", `the record of this run cannot be written: ${why}`, {
        hint: "the results stand; only `.symbiotic/runs/` lacks this run",
      });
      write("stderr", `${formatDiagnostic(warning, { colour: terminal.colour })}\n`);
    }
  };
}

function fileReporters({ directory }: RunRecord, context: CliContext): Reporter[] {
  const guard = guardedWriter(context);
  const events = join(directory, "events.jsonl");
  let lines: string[] = [];
  const flush = (): void => {
    const text = lines.join("");
    lines = [];
    if (text !== "") {
      guard(() => {
        appendFileSync(events, text);
      });
    }
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
      // What a run that is killed was doing is to be known.
      const { event } = envelope;
      if (event.type === "task-started" || (event.type === "task-finished" && event.cache !== "hit")) flush();
    },
    close() {
      log.close();
      flush();
    },
  };
  return [
    record,
    createSummaryReporter({
      write: (_stream, text) => {
        guard(() => {
          writeFileSync(join(directory, "summary.json"), text);
        });
      },
    }),
  ];
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
