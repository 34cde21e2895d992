import { DEFAULT_WIDTH } from "./look.ts";
import type { Print } from "./printer.ts";
import { Report } from "./report.ts";
import type { HumanSettings, Reporter } from "./reporter.ts";
import { createStyle } from "./style.ts";
import { barredLines } from "./task-logs.ts";

/** What the plain reporter takes. */
export interface PlainSettings extends HumanSettings {
  /** Whether to colour; a log of CI may show colours without being a terminal. */
  readonly colour?: boolean;
  /** How many columns lines are laid out for; nothing is cut but source lines. */
  readonly width?: number;
}

/** How many findings and failed tests are shown where nothing else is asked for. */
export const DEFAULT_LIMIT = 50;

/** The report of a run as lines: for pipes, files and logs of CI. */
export function createPlainReporter(settings: PlainSettings): Reporter {
  const { write, colour = false, width = DEFAULT_WIDTH, outputLogs = "failed", limit = DEFAULT_LIMIT } = settings;
  const style = createStyle(colour);
  const print: Print = (stream, lines) => write(stream, `${lines.join("\n")}\n`);
  return new Report({
    print,
    look: () => ({ style, width }),
    outputLogs,
    limit,
    cutNames: false,
    printLog: (_task, log) => print("stderr", barredLines(log, style)),
  });
}
