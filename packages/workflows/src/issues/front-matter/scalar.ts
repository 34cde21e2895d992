import type { Placed } from "../text/place.ts";
import { plainText } from "../text/plain-text.ts";
import { partOf, placeOf, type Segment } from "../text/segment.ts";
import { commentStart, type CommentRule } from "./comment.ts";
import type { Entry } from "./entry.ts";
import { isBlockMark } from "./block-mark.ts";
import { closingQuote, quoteAt, unquoted } from "./quotes.ts";

/** A value that is one text, and whether its quote was closed. */
export interface Scalar extends Placed<string> {
  readonly isClosed: boolean;
}

/**
 * The text of an entry. What YAML would refuse is read as people mean it: a colon or a quote within a text is a part of it.
 * Lines that follow are put behind it.
 */
export function scalarOf(entry: Entry, rule: CommentRule): Scalar {
  const inline = withoutComment(entry.inline, rule);
  const isBlock = inline.text === "" || isBlockMark(inline.text);
  const segments = [...(isBlock ? [] : [inline]), ...entry.more.map((more) => withoutComment(more, rule))];
  const parts = segments.filter(({ text }) => text !== "");
  const [first = inline] = parts;
  const { text, isClosed } = textOf(parts.map((part) => part.text).join(" "));
  return { value: plainText(text), at: placeOf(first), isClosed };
}

function withoutComment(segment: Segment, rule: CommentRule): Segment {
  const whole = partOf(segment, 0);
  const close = quoteAt(whole.text, 0) === "" ? -1 : closingQuote(whole.text, 0);
  const after = close < 0 ? "" : whole.text.slice(close + 1).trim();
  if (close >= 0 && (after === "" || after.startsWith("#"))) return partOf(whole, 0, close + 1);
  return partOf(segment, 0, commentStart(segment.text, rule));
}

function textOf(source: string): { text: string; isClosed: boolean } {
  if (quoteAt(source, 0) === "") return { text: source, isClosed: true };
  const close = closingQuote(source, 0);
  if (close === source.length - 1) return { text: unquoted(source), isClosed: true };
  return close < 0 ? { text: source.slice(1), isClosed: false } : { text: source, isClosed: true };
}
