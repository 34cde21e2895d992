import { partOf, type Segment } from "../text/segment.ts";

const MARKER = /^[\s>]{0,200}(?:[-*+]|\d{1,9}[.)])[ \t]+/;
const BOX = /^\[([ xX])\](?:[ \t]+|$)/;

/** An item of a list in Markdown. */
export interface ListItem {
  /** What stands behind its marker and its box. */
  readonly content: Segment;
  /** The one character in its box, where it has one. */
  readonly mark: Segment | undefined;
}

/** The item that a line begins; undefined where it begins none. */
export function listItemOf(segment: Segment): ListItem | undefined {
  const marker = MARKER.exec(segment.text)?.[0].length;
  if (marker === undefined) return undefined;
  const rest = segment.text.slice(marker);
  const box = BOX.exec(rest)?.[0].length ?? 0;
  const mark =
    box > 0
      ? {
          text: rest.charAt(1),
          line: segment.line,
          column: segment.column + marker + 1,
          offset: segment.offset + marker + 1,
        }
      : undefined;
  return { content: partOf(segment, marker + box), mark };
}
