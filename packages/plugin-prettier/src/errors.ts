/** What Prettier wrote to standard error. */
export interface Errors {
  /** Files that it could not parse. */
  readonly syntax: readonly SyntaxProblem[];
  /** That it said something else, which is no finding: settings that it cannot use, a plugin that threw. */
  readonly isBreakdown: boolean;
  /** That it said anything at all. */
  readonly isAny: boolean;
}

/** A place that Prettier could not parse. */
export interface SyntaxProblem {
  readonly file: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

const MARK = /^\[error\] ?/;
/** Lines of the source with the place marked: `> 1 | a {`, `    | ^`. */
const FRAME = /^(?:>?\s*\d+\s*\|.*|\s*\|.*|\s*)$/;
const START = /^(?<file>.+?): \w*Error: (?<message>.*)$/;
const PLACE = /^(?<message>.*) \((?<line>\d+):(?<column>\d+)\)$/s;
/** A folder with nothing to format is as good as formatted. */
const NOTHING = /^(?:No supported files were found|No files matching the pattern|No matching files)/;

/** Reads the errors of Prettier 2 and 3; warnings are passed over. */
export function readErrors(stderr: string): Errors {
  const lines = stderr
    .split(/\r?\n/)
    .filter((line) => MARK.test(line))
    .map((line) => line.replace(MARK, ""));
  const problems = entriesOf(lines.filter((line) => !NOTHING.test(line))).map(problemOf);
  const syntax = problems.filter((problem) => problem !== undefined);
  return { syntax, isBreakdown: syntax.length < problems.length, isAny: lines.length > 0 };
}

/** A message, which may have several lines, without the source that follows it. */
function entriesOf(lines: readonly string[]): readonly string[] {
  const entries: string[] = [];
  for (const line of lines) {
    const last = entries.at(-1);
    if (last === undefined || START.test(line)) entries.push(line);
    else if (!FRAME.test(line)) entries[entries.length - 1] = `${last}\n${line}`;
  }
  return entries;
}

/** Undefined for what names no place in a file: a parser's errors all do. */
function problemOf(entry: string): SyntaxProblem | undefined {
  const [first = "", ...more] = entry.split("\n");
  const start = START.exec(first)?.groups;
  const place = PLACE.exec([start?.["message"] ?? "", ...more].join("\n"))?.groups;
  if (start === undefined || place === undefined) return undefined;
  return {
    file: start["file"] ?? "",
    message: (place["message"] ?? "").replace(/^\w+Error: /, ""),
    line: Number(place["line"]),
    column: Number(place["column"]),
  };
}
