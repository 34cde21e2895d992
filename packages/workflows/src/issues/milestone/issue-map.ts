import type { RepoPath } from "@symbiotic-build/engine";
import type { BodyLine } from "../body/body-line.ts";
import { listItemOf } from "../body/list-item.ts";
import type { Reference } from "../issue.ts";
import { referenceOf } from "../reference.ts";
import type { Placed } from "../text/place.ts";
import { partOf, placeOf, segmentOf, type Segment } from "../text/segment.ts";
import { isTrackerId, leadingId } from "../words/issue-id.ts";

const LINK = /\[\[[^[\]]{1,200}\]\]|\[[^[\]]{0,200}\]\([^()]{0,400}\)/;
const RULE = /^[\s|:-]+$/;

/** The issues that a milestone's Issue Map names, in order: the first one of each row of a table and of each item of a list. */
export function issueMapOf(lines: readonly BodyLine[], from: RepoPath): Placed<Reference>[] {
  return lines
    .filter(({ section }) => section === "map")
    .filter(({ code }) => code === undefined)
    .map(({ line }) => segmentOf(line, 0))
    .flatMap((segment) => {
      const parts = segment.text.trimStart().startsWith("|") ? cellsOf(segment) : itemPart(segment);
      return parts.map((part) => namedIn(part, from)).find((reference) => reference !== undefined) ?? [];
    });
}

function itemPart(segment: Segment): Segment[] {
  const item = listItemOf(segment);
  return item === undefined ? [] : [item.content];
}

/** `\|` and the bar of a wiki link are no borders of a cell. */
function cellsOf(segment: Segment): Segment[] {
  const { text } = segment;
  if (RULE.test(text)) return [];
  const cells: Segment[] = [];
  let start = 0;
  let inWiki = false;
  for (let index = 0; index < text.length; index += 1) {
    if (text.startsWith("[[", index)) inWiki = true;
    if (text.startsWith("]]", index)) inWiki = false;
    if (text.charAt(index) !== "|" || inWiki || text.charAt(index - 1) === "\\") continue;
    cells.push(partOf(segment, start, index));
    start = index + 1;
  }
  return [...cells, partOf(segment, start)];
}

/** A link first; else an id of a tracker at the beginning. A bare number counts the rows. */
function namedIn(part: Segment, from: RepoPath): Placed<Reference> | undefined {
  const link = LINK.exec(part.text);
  const bare = /^[*_`]{0,3}/.exec(part.text)?.[0].length ?? 0;
  const id = leadingId(part.text.slice(bare).replace(/[*_`]/g, " "));
  const isId = id !== undefined && (!/^\d+$/.test(id) || part.text.charAt(bare) === "#") && isTrackerId(id);
  const text = link?.[0] ?? (isId ? id : undefined);
  if (text === undefined) return undefined;
  const start = part.text.indexOf(text);
  const read = referenceOf(text, from);
  if (read === undefined) return undefined;
  return { value: read.reference, at: placeOf(partOf(part, start, start + text.length)) };
}
