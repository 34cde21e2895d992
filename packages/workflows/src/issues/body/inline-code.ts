import { partOf, type Segment } from "../text/segment.ts";

const CODE = /`([^`]+)`/g;

/** What stands between backticks in a text, in order. */
export function inlineCode(segment: Segment): Segment[] {
  return [...segment.text.matchAll(CODE)].map(({ 1: code = "", index }) =>
    partOf(segment, index + 1, index + 1 + code.length),
  );
}
