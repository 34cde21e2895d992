import type { FindingRange } from "../../core/evidence.ts";
import type { FindingReport } from "../run-report.ts";
import { code, type Markup, markup, NOTHING } from "./markup.ts";

/** The source at a finding with so many lines around it: its own ones marked where it is. The style puts their numbers. */
export function sourceMarkup({ source, range }: FindingReport, around: number): Markup {
  if (source === null || range === null) return NOTHING;
  const last = lastOwn(range);
  const shown = source.lines.flatMap((line, index) => {
    const number = source.from + index;
    return number < range.start.line - around || number > last + around ? [] : [{ line, number }];
  });
  const lines = shown.map(({ line, number }) => lineMarkup(line, number, range));
  return markup`<pre tabindex="0" style="--from:${(shown[0]?.number ?? 1) - 1}">${lines}</pre>`;
}

/** An end before the first column of a line is the end of the line before. */
function lastOwn({ start, end }: FindingRange): number {
  if (end === undefined) return start.line;
  return Math.max(start.line, end.column <= 1 ? end.line - 1 : end.line);
}

function lineMarkup(line: string, number: number, range: FindingRange): Markup {
  const { start, end } = range;
  if (number < start.line || number > lastOwn(range)) return markup`<span>${code(line)}</span>`;
  const from = number === start.line ? Math.min(Math.max(0, start.column - 1), line.length) : indentOf(line);
  const stop = end === undefined ? from + 1 : number === end.line ? end.column - 1 : line.length;
  const to = Math.min(stop, line.length);
  if (to <= from) return markup`<b>${code(line)}</b>`;
  return markup`<b>${code(line.slice(0, from))}<mark>${code(line.slice(from, to))}</mark>${code(line.slice(to))}</b>`;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
