import type { Placed } from "../text/place.ts";
import { plainText } from "../text/plain-text.ts";
import { placeOf, segmentOf } from "../text/segment.ts";
import { meaningOf } from "../words/placeholder.ts";
import type { BodyLine } from "./body-line.ts";
import { listItemOf } from "./list-item.ts";

/** The items under `Open questions` that are not ticked. */
export function openQuestionsOf(lines: readonly BodyLine[]): Placed<string>[] {
  return lines
    .filter(({ section }) => section === "questions")
    .flatMap(({ line, code }) => {
      const item = code === undefined ? listItemOf(segmentOf(line, 0)) : undefined;
      if (item === undefined || (item.mark !== undefined && item.mark.text !== " ")) return [];
      const value = plainText(item.content.text);
      return meaningOf(value.replace(/\.$/, "")) === "nothing" ? [] : [{ value, at: placeOf(item.content) }];
    });
}
