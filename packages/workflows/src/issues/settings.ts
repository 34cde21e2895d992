import { z } from "zod";
import { CHECK_NAMES, defaultSeverity, type Check, type Severity } from "./checks.ts";

/** What a repository makes of each check of its issue documents. */
export type IssueChecks = Readonly<Record<Check, Severity>>;

/** The same as people write it: what they leave out is as it comes. */
export type IssueChecksInput = Readonly<Partial<Record<Check, Severity | undefined>>>;

const severity = z.enum(["error", "warning", "off"]);

/** The settings of the checks: each `error`, `warning` or `off`. */
export const issueChecksSchema: z.ZodType<IssueChecks, IssueChecksInput | undefined> = z
  .strictObject(Object.fromEntries(CHECK_NAMES.map((check) => [check, severity.default(defaultSeverity(check))])))
  .prefault({}) as unknown as z.ZodType<IssueChecks, IssueChecksInput | undefined>;

/** The settings where nobody says anything. */
export const DEFAULT_CHECKS: IssueChecks = Object.fromEntries(
  CHECK_NAMES.map((check) => [check, defaultSeverity(check)]),
) as Record<Check, Severity>;
