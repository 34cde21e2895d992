import { appendFileSync, realpathSync } from "node:fs";
import { relative, resolve } from "node:path";
import { type Diagnostic, warningOf } from "../core/diagnostic.ts";
import type { RunStarted } from "../core/event.ts";
import type { RunRecord } from "../journal/run-record.ts";
import { createRedactor } from "../redact/redact.ts";
import { secretValuesOf } from "../redact/secret-name.ts";
import { type ArtifactIndex, INDEX_FILE } from "../report/collect/artifact.ts";
import { collect, readRun, type ReadRun } from "../report/collect/collect.ts";
import { isReportFormat, REPORT_FORMATS, type ReportFormat } from "../report/collect/formats.ts";
import { formatDiagnostic } from "../report/diagnostic.ts";
import { count } from "../report/numbers.ts";
import { pullRequestText } from "../report/pull-request.ts";
import type { CliContext } from "./command.ts";
import { formatsIn, reportsFolder } from "./report-options.ts";

/** A run that is over, and which reports it is to leave. */
export interface EndedRun {
  readonly context: CliContext;
  readonly record: RunRecord;
  /** The value of `--report`. */
  readonly flag: string | undefined;
  /** What the configuration says. */
  readonly setting: RunStarted["reports"];
}

/** Writes the reports of a run that is over. What goes wrong is told; the run stays what it was. */
export async function writeRunReports({ context, record, flag, setting }: EndedRun): Promise<void> {
  const { environment } = context;
  // A run on what is staged is carried out elsewhere, and its record lies here.
  const [root, here] = [record.directory, realpathSync(record.directory)].map((folder) => resolve(folder, "../../.."));
  if (root === undefined || here === undefined) return;
  const redactor = createRedactor({ secretValues: secretValuesOf(environment.variables) });
  const read = readRun({ root, directory: record.directory, redactor, isNow: true });
  if (!read.ok) {
    tell([read.error], context);
    return;
  }
  if (environment.stepSummary !== undefined) addSummary(environment.stepSummary, read.value, context);
  if (flag === undefined && setting === undefined) return;
  const formats = formatsOf(flag, setting);
  const folder = reportsFolder(here, setting);
  const written = await collect(read.value, { formats, folder, root, directory: record.directory });
  if (!written.ok) {
    tell([written.error], context);
    return;
  }
  tell([...read.value.notices, ...written.value.notices], context);
  context.write("stderr", `${writtenLine(written.value.index, folder, context.cwd)}\n`);
}

/** What was written, and what to open: `reports: artifacts/index.html (7 files)`. */
export function writtenLine({ files }: ArtifactIndex, folder: string, cwd: string): string {
  const own = files.filter(({ format }) => format !== "log");
  const first = own.find(({ path }) => path === "index.html")?.path ?? (own.length === 1 ? own[0]?.path : undefined);
  const file = resolve(folder, first ?? INDEX_FILE);
  return `reports: ${relative(cwd, file) || file} (${count(own.length, "file")})`;
}

/** Prints what is to be said, to standard error. */
export function tell(diagnostics: readonly Diagnostic[], { write, terminal }: CliContext): void {
  for (const diagnostic of diagnostics)
    write("stderr", `${formatDiagnostic(diagnostic, { colour: terminal.colour })}\n`);
}

/** The flag was read before the run. */
function formatsOf(flag: string | undefined, setting: RunStarted["reports"]): readonly ReportFormat[] {
  if (flag === undefined) return (setting?.formats ?? REPORT_FORMATS).filter(isReportFormat);
  const formats = formatsIn([flag], "--report");
  return formats.ok ? formats.value : REPORT_FORMATS;
}

function addSummary(file: string, { report }: ReadRun, context: CliContext): void {
  try {
    appendFileSync(file, `${pullRequestText(report)}\n`);
  } catch (thrown) {
    const why = thrown instanceof Error && "code" in thrown ? String(thrown.code) : String(thrown);
    const hint = "GITHUB_STEP_SUMMARY names the file: the run's result stands";
    tell([warningOf("SYM4088", `the summary of the job cannot be written: ${why}`, { hint })], context);
  }
}
