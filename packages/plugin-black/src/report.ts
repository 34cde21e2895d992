import { fail, ok, type CommandResult, type Diagnostic, type Finding, type Result } from "@symbiotic-build/engine";
import { anotherFormat, pathOf, stopped, type PathStart } from "@symbiotic-build/validator";

/** A file that black named, and what it says of it. */
interface Named {
  readonly file: string;
  readonly kind: "reformat" | "failure";
  readonly message: string;
  readonly at?: { readonly line: number; readonly column: number };
}

/**
 * What `black --check` wrote: a line for each file that it would reformat or cannot format, and how many those are. SYM4462
 * where the numbers do not fit the lines, SYM4461 where it found nothing to tell and ended as if it had.
 */
export function readReport(
  result: Pick<CommandResult, "exitCode" | "stdout" | "stderr">,
  start: PathStart,
): Result<readonly Finding[], Diagnostic> {
  const named = namedIn(result.stderr);
  const [reformat, failure] = [numberOf(result.stderr, "reformatted"), numberOf(result.stderr, "fail to reformat")];
  if (result.exitCode !== 0 && reformat + failure === 0) return fail(stopped("black", result));
  const isWhole = (kind: Named["kind"], number: number): boolean =>
    named.filter((each) => each.kind === kind).length === number;
  if (!ENDED.test(result.stderr) || !isWhole("reformat", reformat) || !isWhole("failure", failure))
    return fail(anotherFormat("black", result.stderr, `${String(reformat)} and ${String(failure)} files announced`));
  const findings: Finding[] = [];
  for (const each of named) {
    const file = pathOf(each.file, start);
    if (!file.ok) return file;
    findings.push(findingOf(each, file.value));
  }
  return ok(findings);
}

/** The last that black says, unless it is quiet. */
const ENDED = /^(\d+ files? would |No Python files are present|No Path provided)/m;

function numberOf(text: string, what: string): number {
  return Number(new RegExp(`^(?:.*, )?(\\d+) files? would (?:be )?${what}`, "m").exec(text)?.[1] ?? 0);
}

function namedIn(text: string): readonly Named[] {
  const named: Named[] = [];
  let isAbout = false;
  for (const line of text.split(/\r?\n/)) {
    const next = nameIn(line);
    if (next !== undefined) named.push(next);
    // Further lines of a failure go on until an empty one.
    else if (isAbout && line.trim() !== "") addTo(named, line);
    isAbout = next === undefined ? isAbout && line.trim() !== "" : next.kind === "failure";
  }
  return named;
}

function nameIn(line: string): Named | undefined {
  const reformat = /^would reformat (.+)$/.exec(line)?.[1];
  if (reformat !== undefined) return { file: reformat, kind: "reformat", message: "would be reformatted" };
  const parsed = /^error: cannot parse( for target version [^:]+)?: (.+?):(\d+):(\d+)$/.exec(line);
  if (parsed) return failure(parsed[2], `Cannot parse${parsed[1] ?? ""}`, [parsed[3], parsed[4]]);
  const [, file, said = ""] = /^error: cannot format (.+?): (.*)$/.exec(line) ?? [];
  if (file === undefined) return undefined;
  const [, what, row, column, source] = /^(Cannot parse[^:]*): (\d+):(\d+): ?(.*)$/.exec(said) ?? [];
  return what === undefined
    ? failure(file, withoutLog(said))
    : failure(file, `${what}: ${String(source)}`, [row, column]);
}

/** Black's columns begin with 0. */
function failure(file = "", message = "", [line, column]: readonly (string | undefined)[] = []): Named {
  const at = line === undefined ? {} : { at: { line: Number(line), column: Number(column) + 1 } };
  return { file, kind: "failure", message, ...at };
}

/** A log in the system's folder for temporary files has another name each time. */
function withoutLog(said: string): string {
  return said.replace(/\s*(This diff|This invalid output|These diffs?) might be helpful: .*$/, "");
}

/** A line of the source and the sign below it say no more than the place does. */
function addTo(named: Named[], line: string): void {
  const last = named.at(-1);
  if (last === undefined || /^\s/.test(line)) return;
  const reason = /^ParseError: (.+)$/.exec(line)?.[1];
  const message = reason === undefined ? `${last.message}\n${line.trimEnd()}` : `${last.message}: ${reason}`;
  named[named.length - 1] = { ...last, message };
}

function findingOf({ kind, message, at }: Named, file: string): Finding {
  const base = { tool: "black", message, file, ...(at === undefined ? {} : { range: { start: at } }) };
  if (kind === "failure") return { ...base, rule: at === undefined ? "unreadable" : "invalid-syntax", level: "error" };
  return { ...base, rule: "format", level: "warning", problems: ["format"], fix: { applicability: "safe" } };
}
