/**
 * The one line of a failure's text that says what went wrong: of a traceback the line of the exception, which pytest marks
 * with `E`; of a doctest what was expected and what came; else the first. Words that only repeat the outcome are left out.
 */
export function firstLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const raised = lines.findLast((line) => /^E {3}\S/.test(line))?.slice(1);
  const line = raised ?? doctestLine(lines) ?? lines.find((one) => one.trim() !== "") ?? "";
  return line.trim().replace(/^(Skipped|reason): /, "");
}

/** The line on which a doctest failed, from the last line of its text. */
export function doctestPlace(text: string): number | undefined {
  const line = /:(\d+): (?:DocTestFailure|UnexpectedException)\s*$/.exec(text)?.[1];
  return line === undefined ? undefined : Number(line);
}

function doctestLine(lines: readonly string[]): string | undefined {
  const raised = lines.find((line) => line.startsWith("UNEXPECTED EXCEPTION: "));
  if (raised !== undefined) return raised;
  const [wanted, got] = [
    lines.findLastIndex((line) => /^Expected( nothing|:)$/.test(line)),
    lines.findLastIndex((line) => /^Got( nothing|:)$/.test(line)),
  ];
  if (wanted < 0 || got < wanted) return undefined;
  const shown = (at: number): string =>
    lines[at]?.endsWith("nothing") === true ? "nothing" : (lines[at + 1] ?? "").trim();
  return `expected ${shown(wanted)}, got ${shown(got)}`;
}
