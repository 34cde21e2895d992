import {
  fail,
  ok,
  type CommandResult,
  type Diagnostic,
  type Finding,
  type RepoPath,
  type Result,
} from "@symbiotic-build/engine";
import { anotherFormat, isCutOff, pathOf, stopped } from "@symbiotic-build/validator";
import { readErrors, type SyntaxProblem } from "./errors.ts";

/** Where Prettier was started, and of which files something may be said. */
export interface ReportStart {
  readonly folder: RepoPath;
  readonly files: ReadonlySet<RepoPath>;
}

/** What `prettier --list-different` left, from 2.0 on: a line a file, and errors for those that it cannot parse. */
export function readReport(
  result: Pick<CommandResult, "exitCode" | "stdout" | "stderr">,
  { folder, files }: ReportStart,
): Result<readonly Finding[], Diagnostic> {
  const { syntax, isBreakdown, isAny } = readErrors(result.stderr);
  const lines = result.stdout.split(/\r?\n/).filter((line) => line !== "");
  const isReasonless = (result.exitCode === 1 && lines.length === 0) || (result.exitCode === 2 && !isAny);
  if (isBreakdown || isReasonless) return fail(stopped("prettier", result));
  if (result.exitCode === 0 && lines.length > 0) return fail(anotherFormat("prettier", result.stdout, "exit code 0"));
  if (isCutOff(result.stdout)) return fail(anotherFormat("prettier", result.stdout, "the last line has no end"));
  const findings: Finding[] = [];
  for (const line of lines) {
    const path = pathOf(line, { tool: "prettier", folder });
    if (!path.ok) return path;
    if (files.has(path.value)) findings.push(notFormatted(path.value));
    else if (!isPath(line)) return fail(anotherFormat("prettier", result.stdout));
  }
  for (const problem of syntax) {
    const path = pathOf(problem.file, { tool: "prettier", folder });
    if (!path.ok) return path;
    if (files.has(path.value)) findings.push(notParsed(problem, path.value));
  }
  return ok(findings);
}

/** Prettier walks folders, files that git ignores included: those are passed over, but words and `[warn] ` are not. */
function isPath(line: string): boolean {
  return !/["{}<>|*?:]|^\s|^\[\w+\] |[\s.,;!]$/.test(line) && /\.[^/\\]*$/.test(line);
}

function notFormatted(file: RepoPath): Finding {
  return {
    tool: "prettier",
    rule: "format",
    level: "warning",
    message: "would be reformatted",
    file,
    fix: { applicability: "safe" },
    problems: ["format"],
  };
}

function notParsed({ message, line, column }: SyntaxProblem, file: RepoPath): Finding {
  const range = { start: { line: Math.max(line, 1), column: Math.max(column, 1) } };
  return { tool: "prettier", rule: "syntax", level: "error", message, file, range };
}
