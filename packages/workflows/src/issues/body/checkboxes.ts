import type { Checkbox } from "../issue.ts";
import { plainText } from "../text/plain-text.ts";
import { placeOf, segmentOf } from "../text/segment.ts";
import type { BodyLine } from "./body-line.ts";
import { listItemOf } from "./list-item.ts";

/** The boxes to tick of a body, each with the heading of its section. */
export function checkboxesOf(lines: readonly BodyLine[]): Checkbox[] {
  return lines.flatMap(({ line, heading, code }) => {
    const item = code === undefined && line.text.includes("[") ? listItemOf(segmentOf(line, 0)) : undefined;
    if (item?.mark === undefined) return [];
    return [
      {
        value: plainText(item.content.text),
        at: placeOf(item.content),
        isChecked: item.mark.text !== " ",
        heading: heading?.text,
        mark: { value: item.mark.text, at: placeOf(item.mark) },
      },
    ];
  });
}
