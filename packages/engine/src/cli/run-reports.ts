import type { RunStarted } from "../core/event.ts";
import type { RunRecord } from "../journal/run-record.ts";
import type { Reporter } from "../report/reporter.ts";
import type { CliContext } from "./command.ts";
import type { Parsed } from "../plugin/command.ts";

/** Writes the reports that `--report` or the configuration asks for, and the summary of a job, when the run is over; loads nothing where none is asked for. */
export function createRunReports(parsed: Parsed, context: CliContext, record: RunRecord): Reporter {
  const flag = parsed.values.get("report");
  let setting: RunStarted["reports"];
  return {
    handle({ event }) {
      if (event.type === "run-started") setting = event.reports;
    },
    close() {
      // All is written when nobody waits any more.
    },
    async finish() {
      if (flag === undefined && setting === undefined && context.environment.stepSummary === undefined) return;
      const { writeRunReports } = await import("./write-run-reports.ts");
      await writeRunReports({ context, record, flag, setting });
    },
  };
}
