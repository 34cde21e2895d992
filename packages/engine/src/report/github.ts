import type { Envelope } from "../core/event.ts";
import { annotationLines } from "./annotations.ts";
import { githubCommand, notACommand, withoutCommands } from "./github-command.ts";
import { DEFAULT_WIDTH } from "./look.ts";
import { DEFAULT_LIMIT } from "./plain.ts";
import { Report } from "./report.ts";
import type { HumanSettings, Reporter } from "./reporter.ts";
import type { RunView } from "./run-view.ts";
import { oneLine } from "./sanitise.ts";
import { createStyle } from "./style.ts";

/** What the reporter for GitHub Actions takes. */
export interface GithubSettings extends HumanSettings {
  readonly colour: boolean;
  /** Gives a new text that nobody can guess (letters and digits): while a log is printed, the runner obeys only it. */
  readonly stopToken: () => string;
}

/**
 * The plain report, with each log in a fold, and findings, failed tests and diagnostics as annotations of the files.
 * Logs go to stdout here: the runner needs them in order with its commands.
 */
export function createGithubReporter(settings: GithubSettings): Reporter {
  const { write, colour, stopToken, outputLogs = "new-only", limit = DEFAULT_LIMIT } = settings;
  const style = createStyle(colour);
  const fold = (title: string, lines: readonly string[]): void => {
    write("stdout", `${[githubCommand("group", {}, oneLine(title)), ...lines, "::endgroup::"].join("\n")}\n`);
  };
  const report = new Report({
    print: (stream, lines) => write(stream, `${lines.map(notACommand).join("\n")}\n`),
    look: () => ({ style, width: DEFAULT_WIDTH }),
    outputLogs,
    limit,
    cutNames: false,
    printLog: (task, log) => fold(task.id, withoutCommands(log.lines, stopToken())),
  });
  return annotated(report, (view) => {
    const lines = annotationLines(view);
    if (lines.length > 0) fold("annotations", lines);
  });
}

/** Annotates once, when all is known, before the report tells what went wrong. */
function annotated(report: Report, annotate: (view: RunView) => void): Reporter {
  let isDone = false;
  const once = (): void => {
    if (!isDone) annotate(report.view);
    isDone = true;
  };
  return {
    handle(envelope: Envelope): void {
      if (envelope.event.type === "run-finished") once();
      report.handle(envelope);
    },
    close(): void {
      once();
      report.close();
    },
  };
}
