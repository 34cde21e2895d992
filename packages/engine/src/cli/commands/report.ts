import { resolve } from "node:path";
import type { RunStarted } from "../../core/event.ts";
import { fail, ok } from "../../core/result.ts";
import { findRun } from "../../journal/resumable.ts";
import { createRedactor } from "../../redact/redact.ts";
import { secretValuesOf } from "../../redact/secret-name.ts";
import { collect, readRun, type ReadRun } from "../../report/collect/collect.ts";
import { REPORT_FORMATS, REPORTS_FOLDER } from "../../report/collect/formats.ts";
import { openRepository } from "../../workspace/git/repository.ts";
import type { CliCommand } from "../command.ts";
import { ALL_FORMATS, formatsIn, reportsFolder } from "../report-options.ts";
import { tell, writtenLine } from "../write-run-reports.ts";

/** `symbiotic report`: the reports of a run that is kept. */
export const reportCommand: CliCommand = {
  name: "report",
  summary: "write the reports of a run: a page, SARIF, JUnit, Cobertura, GitLab, Markdown, JSON",
  usage: "[<run>] [options]",
  describe: `Of the latest run if none is named, into ${REPORTS_FOLDER}/. Nothing is run. docs/reports.md explains the files.`,
  positionals: { least: 0, most: 1, what: "a run" },
  options: {
    format: {
      kind: "list",
      value: "<format>",
      describe: `only these, apart by commas or said again: ${REPORT_FORMATS.join(", ")}`,
    },
    out: {
      kind: "value",
      value: "<folder>",
      describe: `write there instead of ${REPORTS_FOLDER}/ or where the run's configuration says`,
    },
  },
  examples: [
    ["symbiotic report", "all reports of the latest run: open artifacts/index.html"],
    ["symbiotic report --format sarif,junit --out build/reports", "two of them, into a folder"],
    ["symbiotic report 20261121-023107-7c1a --json", "of another run, and the index of what was written"],
  ],
  async run(parsed, context) {
    const { environment, cwd } = context;
    const formats = formatsIn(parsed.lists.get("format") ?? [ALL_FORMATS], "--format");
    if (!formats.ok) return fail([formats.error]);
    const repository = openRepository(cwd, environment.variables);
    if (!repository.ok) return fail([repository.error]);
    const { root } = repository.value;
    const found = findRun(root, parsed.positionals[0] ?? "latest");
    if (!found.ok) return fail([found.error]);
    const { directory } = found.value;
    const redactor = createRedactor({ secretValues: secretValuesOf(environment.variables) });
    const read = readRun({ root, directory, redactor, isNow: false });
    if (!read.ok) return fail([read.error]);
    const out = parsed.values.get("out");
    const folder = out === undefined ? reportsFolder(root, settingOf(read.value)) : resolve(cwd, out);
    const written = await collect(read.value, { formats: formats.value, folder, root, directory });
    if (!written.ok) return fail([written.error]);
    const { index, notices } = written.value;
    tell([...read.value.notices, ...notices], context);
    context.write("stderr", `${writtenLine(index, folder, cwd)}\n`);
    return ok(
      parsed.flags.has("json")
        ? { exitCode: 0, json: { ...index, files: index.files.map((file) => ({ ...file })) } }
        : { exitCode: 0 },
    );
  },
};

/** Where the configuration of the run wanted its reports. */
function settingOf({ events }: ReadRun): RunStarted["reports"] {
  return events.map(({ event }) => event).find((event): event is RunStarted => event.type === "run-started")?.reports;
}
