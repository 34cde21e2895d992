import { fail, ok, type Diagnostic, type Finding, type Result } from "@symbiotic-build/engine";
import { anotherFormat, isCutOff, pathOf, type PathStart } from "@symbiotic-build/validator";

/** One line of mypy's text form. */
interface Line {
  readonly named: string;
  readonly range?: Finding["range"];
  readonly severity: string;
  readonly message: string;
}

/** What mypy wrote as text with columns, ends and codes; notes about an error are further lines of its message. SYM4462 where a line is none of mypy's. */
export function readReport(stdout: string, start: PathStart): Result<readonly Finding[], Diagnostic> {
  if (isCutOff(stdout)) return fail(anotherFormat("mypy", stdout, "the last line has no end"));
  const findings: Finding[] = [];
  for (const text of stdout.split(/\r?\n/).filter((each) => each.trim() !== "" && !ABOUT_REPORTS.test(each))) {
    const line = lineOf(text);
    if (line === undefined) return fail(anotherFormat("mypy", text));
    const file = pathOf(line.named, start);
    if (!file.ok) return file;
    const last = findings.at(-1);
    if (last !== undefined && isAbout(last, line, file.value))
      findings[findings.length - 1] = { ...last, message: `${last.message}\n${line.message}` };
    else findings.push(findingOf(line, file.value));
  }
  return ok(findings);
}

/** Settings may ask for reports in other forms too; mypy says where it put them. */
const ABOUT_REPORTS = /^Generated .+ report/;

function lineOf(text: string): Line | undefined {
  const [, named, line, column, endLine, endColumn, severity, message] =
    /^(.+?):(?:(\d+):(?:(\d+):(?:(\d+):(\d+):)?)?)? (error|warning|note): (.*)$/.exec(text) ?? [];
  if (named === undefined || severity === undefined || message === undefined) return undefined;
  // Only of a module as a whole there is something to say without a place.
  if (line === undefined) return /\.pyi?$/.test(named) ? { named, severity, message } : undefined;
  const from = { line: Number(line), column: Number(column ?? 1) };
  const range =
    endLine === undefined || endColumn === undefined
      ? { start: from }
      : // The column that mypy names last is still a part of it.
        { start: from, end: { line: Number(endLine), column: Number(endColumn) + 1 } };
  return { named, range, severity, message };
}

function isAbout(last: Finding, { severity, range }: Line, file: string): boolean {
  return severity === "note" && last.file === file && last.range?.start.line === range?.start.line;
}

function findingOf({ range, severity, message: said }: Line, file: string): Finding {
  const [, message = said, code] = /^(.*?) {2}\[([a-z][a-z0-9-]*)\]$/.exec(said) ?? [];
  const level = severity === "error" ? "error" : severity === "warning" ? "warning" : "note";
  return {
    tool: "mypy",
    rule: code ?? level,
    level,
    message,
    file,
    ...(range === undefined ? {} : { range }),
    ...(code === undefined || level === "note" ? {} : { helpUrl: `${CODES}#code-${code}`, problems: [`mypy/${code}`] }),
  };
}

/** Where mypy's own links to its error codes lead. */
const CODES = "https://mypy.readthedocs.io/en/stable/_refs.html";
