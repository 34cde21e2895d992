import { resolve } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { RunStarted } from "../core/event.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { isReportFormat, REPORT_FORMATS, REPORTS_FOLDER, type ReportFormat } from "../report/collect/formats.ts";

/** What stands for all formats: `--report` without a value. */
export const ALL_FORMATS = "all";

/** The formats that a text names, `sarif,junit`; all for `all`. */
export function formatsIn(texts: readonly string[], flag: string): Result<readonly ReportFormat[], Diagnostic> {
  const words = texts.flatMap((text) => text.split(",")).map((word) => word.trim());
  const wrong = words.find((word) => word !== ALL_FORMATS && !isReportFormat(word));
  if (wrong !== undefined)
    return fail(
      errorOf("SYM2005", `${flag} is \`${wrong}\`: some of ${REPORT_FORMATS.join(", ")} are expected`, {
        hint: `without a value it stands for all of them`,
      }),
    );
  return ok(words.includes(ALL_FORMATS) ? REPORT_FORMATS : words.filter(isReportFormat));
}

/** Where reports go: as the configuration says, from the repository root. */
export function reportsFolder(root: string, setting: RunStarted["reports"]): string {
  return resolve(root, setting?.folder ?? REPORTS_FOLDER);
}
