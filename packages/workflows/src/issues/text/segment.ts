import type { SourceLine } from "./lines.ts";
import type { Place } from "./place.ts";

/** A piece of one line that knows where it stands. */
export interface Segment {
  readonly text: string;
  readonly line: number;
  readonly column: number;
  /** Where it begins in the document. */
  readonly offset: number;
}

/** The line from the column on that has this index, from 0. */
export function segmentOf(line: SourceLine, from: number): Segment {
  return { text: line.text.slice(from), line: line.number, column: from + 1, offset: line.start + from };
}

/** A part of a segment, without white space around it. */
export function partOf(segment: Segment, from: number, to: number = segment.text.length): Segment {
  const cut = segment.text.slice(from, to);
  const lead = from + cut.length - cut.trimStart().length;
  return {
    text: cut.trim(),
    line: segment.line,
    column: segment.column + lead,
    offset: segment.offset + lead,
  };
}

/** The place that it covers. */
export function placeOf({ text, line, column }: Segment): Place {
  return { line, column, length: text.length };
}
