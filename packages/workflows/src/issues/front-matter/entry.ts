import { indentOf, isBlank, type SourceLine } from "../text/lines.ts";
import type { Place } from "../text/place.ts";
import { segmentOf, type Segment } from "../text/segment.ts";
import { fieldOf, type Field } from "./field.ts";
import { keyOf, type Key } from "./key.ts";

/** A key of the front matter with its value as it stands there. */
export interface Entry {
  readonly key: string;
  readonly field: Field | undefined;
  readonly at: Place;
  /** What stands behind the colon. */
  readonly inline: Segment;
  /** The lines that go on with it. */
  readonly more: readonly Segment[];
  /** The lines that it takes, the first and the last. */
  readonly first: SourceLine;
  readonly last: SourceLine;
}

/** The entries of front matter, and the lines that belong to none. */
export interface Entries {
  readonly entries: readonly Entry[];
  readonly stray: readonly SourceLine[];
}

interface Draft extends Entry {
  readonly more: Segment[];
  last: SourceLine;
  /** How many `[` of a list are still open. */
  open: number;
}

/** Parts front matter into its entries. A line belongs to the key before it if it is indented, an item, or in an open list. */
export function entriesOf(lines: readonly SourceLine[]): Entries {
  const entries: Draft[] = [];
  const stray: SourceLine[] = [];
  const base = baseIndent(lines);
  for (const line of lines) {
    const last = entries.at(-1);
    const key = indentOf(line) <= base ? keyOf(line.text) : undefined;
    if (isBlank(line)) continue;
    if (key !== undefined && !(last !== undefined && last.open > 0 && fieldOf(key.name) === undefined)) {
      entries.push(draftOf(line, key));
    } else if (last !== undefined && goesOn(line, last, base)) extend(last, line);
    else if (!isComment(line)) stray.push(line);
  }
  return { entries, stray };
}

function baseIndent(lines: readonly SourceLine[]): number {
  const first = lines.find((line) => !isBlank(line) && !isComment(line));
  return first === undefined ? 0 : indentOf(first);
}

function draftOf(line: SourceLine, { name, start, value }: Key): Draft {
  const inline = segmentOf(line, value);
  return {
    key: name,
    field: fieldOf(name),
    at: { line: line.number, column: start + 1, length: name.length },
    inline,
    more: [],
    first: line,
    last: line,
    open: inline.text.trimStart().startsWith("[") ? Math.max(0, balance(inline.text)) : 0,
  };
}

function goesOn(line: SourceLine, { open }: Draft, base: number): boolean {
  const text = line.text.trimStart();
  return open > 0 || indentOf(line) > base || text === "-" || text.startsWith("- ") || text.startsWith("]");
}

function extend(draft: Draft, line: SourceLine): void {
  draft.more.push(segmentOf(line, 0));
  draft.last = line;
  if (draft.open > 0) draft.open = Math.max(0, draft.open + balance(line.text));
}

function balance(text: string): number {
  let open = 0;
  for (const character of text) open += character === "[" ? 1 : character === "]" ? -1 : 0;
  return open;
}

function isComment({ text }: SourceLine): boolean {
  return text.trimStart().startsWith("#");
}
