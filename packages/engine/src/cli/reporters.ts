import { randomUUID } from "node:crypto";
import { warningOf } from "../core/diagnostic.ts";
import type { RunRecord } from "../journal/run-record.ts";
import { formatDiagnostic } from "../report/diagnostic.ts";
import { createGithubReporter } from "../report/github.ts";
import { createPlainReporter } from "../report/plain.ts";
import type { OutputLogs, Reporter } from "../report/reporter.ts";
import { createSummaryReporter } from "../report/summary-reporter.ts";
import { createTerminalReporter } from "../report/terminal.ts";
import type { CliContext } from "./command.ts";
import type { Parsed } from "../plugin/command.ts";
import { createRunFiles, type Guard } from "./run-files.ts";
import { createRunReports } from "./run-reports.ts";

/** The reporters of a run: one for whoever reads the output, and others that write its record and its reports. */
export function createReporters(parsed: Parsed, context: CliContext, record: RunRecord): readonly Reporter[] {
  return [
    ...createRunFiles(record, guardedWriter(context)),
    shownReporter(parsed, context),
    createRunReports(parsed, context, record),
  ];
}

/** A record that cannot be written is no reason to lose the run: it is said once, and nothing more is written. */
function guardedWriter({ write, terminal }: CliContext): Guard {
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
