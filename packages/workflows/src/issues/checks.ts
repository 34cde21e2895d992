import { errorOf, warningOf, type Diagnostic } from "@symbiotic-build/engine";

/** What becomes of what a check finds: it fails the command, is told, or is not told. */
export type Severity = "error" | "warning" | "off";

/** The name of a check, as settings have it. */
export type Check =
  | "noFrontMatter"
  | "unclosedFrontMatter"
  | "idFromFileName"
  | "noId"
  | "invalidId"
  | "idInText"
  | "placeholder"
  | "duplicateKey"
  | "unknownState"
  | "unreadableLine"
  | "unclosedValue"
  | "unknownPriority"
  | "blockedByNothing"
  | "pathOutside"
  | "unreadKey"
  | "duplicateId"
  | "dangling"
  | "oneSided"
  | "selfEdge"
  | "cycle"
  | "parentContradiction"
  | "parentCycle"
  | "abandonedBlocker"
  | "danglingInMap"
  | "notMended";

/** Each thing that can be wrong with issue documents: its code, and what becomes of it where no setting says otherwise. */
const CHECKS: Readonly<Record<Check, readonly [code: string, severity: Severity]>> = {
  noFrontMatter: ["SYM9101", "warning"],
  unclosedFrontMatter: ["SYM9102", "warning"],
  idFromFileName: ["SYM9103", "warning"],
  noId: ["SYM9104", "error"],
  invalidId: ["SYM9105", "error"],
  idInText: ["SYM9106", "warning"],
  placeholder: ["SYM9107", "warning"],
  duplicateKey: ["SYM9108", "warning"],
  unknownState: ["SYM9109", "warning"],
  unreadableLine: ["SYM9110", "warning"],
  unclosedValue: ["SYM9111", "warning"],
  unknownPriority: ["SYM9112", "warning"],
  blockedByNothing: ["SYM9113", "warning"],
  pathOutside: ["SYM9114", "warning"],
  unreadKey: ["SYM9115", "warning"],
  duplicateId: ["SYM9201", "error"],
  dangling: ["SYM9202", "error"],
  oneSided: ["SYM9203", "warning"],
  selfEdge: ["SYM9204", "error"],
  cycle: ["SYM9205", "error"],
  parentContradiction: ["SYM9206", "error"],
  parentCycle: ["SYM9207", "error"],
  abandonedBlocker: ["SYM9208", "warning"],
  danglingInMap: ["SYM9209", "warning"],
  notMended: ["SYM9210", "warning"],
};

/** The names of all checks, in the order of their codes. */
export const CHECK_NAMES: readonly Check[] = Object.keys(CHECKS) as Check[];

/** What becomes of a check's findings where no setting says otherwise. */
export function defaultSeverity(check: Check): Severity {
  return CHECKS[check][1];
}

type More = Omit<Diagnostic, "severity" | "code" | "message">;

/** What a check has to say, with its own code and severity. */
export function found(check: Check, message: string, more: More = {}): Diagnostic {
  const [code, severity] = CHECKS[check];
  return severity === "error" ? errorOf(code, message, more) : warningOf(code, message, more);
}

/**
 * Diagnostics as settings want them: raised, lowered or left out. One that was found milder than its check is stays a warning.
 * Those of other codes stay as they are.
 */
export function judged(
  diagnostics: readonly Diagnostic[],
  severities: Readonly<Partial<Record<Check, Severity>>>,
): Diagnostic[] {
  const byCode = new Map(CHECK_NAMES.map((check) => [CHECKS[check][0], check]));
  return diagnostics.flatMap((diagnostic) => {
    const check = byCode.get(diagnostic.code);
    const severity = check === undefined ? undefined : severities[check];
    if (check === undefined || severity === undefined) return [diagnostic];
    if (severity === "off") return [];
    const isMilder = diagnostic.severity === "warning" && defaultSeverity(check) === "error";
    return [{ ...diagnostic, severity: isMilder ? "warning" : severity }];
  });
}
