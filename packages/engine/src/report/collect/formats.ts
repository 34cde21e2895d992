/** The formats of reports, in the order in which they are told. */
export const REPORT_FORMATS = ["html", "sarif", "junit", "cobertura", "gitlab", "markdown", "json"] as const;

/** One of them. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Where reports are written where nothing else is said, from the repository root. */
export const REPORTS_FOLDER = "artifacts";

/** Which reports are asked for, and where they go. */
export interface ReportsAsked {
  readonly formats: readonly ReportFormat[];
  /** Absolute. */
  readonly folder: string;
}

/** Whether a word is the name of a format. */
export function isReportFormat(word: string): word is ReportFormat {
  return REPORT_FORMATS.some((format) => format === word);
}
