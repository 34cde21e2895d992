import { indentOf, isBlank, type SourceLine } from "../text/lines.ts";
import { fieldOf } from "./field.ts";
import { keyOf } from "./key.ts";

/** The part of a document that says what it is. */
export interface FrontMatter {
  readonly lines: readonly SourceLine[];
  /** The line before which more lines can be put in: the closing fence, or the first one behind the front matter. */
  readonly before: SourceLine | undefined;
  readonly isOpened: boolean;
  readonly isClosed: boolean;
  /** What follows it. */
  readonly body: readonly SourceLine[];
}

const FENCE = /^(?:-{3,}|\.{3})\s*$/;
const HEADING = /^#{1,6}\s/;

/**
 * The front matter of a document: between two fences, or from the first line to a fence where the opening one is missing, or
 * to the first empty line or heading where the closing one is missing.
 */
export function frontMatterOf(lines: readonly SourceLine[]): FrontMatter | undefined {
  const first = lines.findIndex((line) => !isBlank(line));
  const opening = lines[first];
  if (opening === undefined) return undefined;
  const isOpened = FENCE.test(opening.text) && opening.text.startsWith("-");
  if (!isOpened && !hasOurKey(opening)) return undefined;
  const from = isOpened ? first + 1 : first;
  const closing = closingFence(lines, from);
  const to = closing ?? firstOutside(lines, from);
  const inside = lines.slice(from, to);
  const saysNothing = !inside.some((line) => keyOf(line.text) !== undefined);
  if (saysNothing && !(isOpened && closing !== undefined && inside.every(isBlank))) return undefined;
  const body = lines.slice(closing === undefined ? to : to + 1);
  return { lines: inside, before: lines[to], isOpened, isClosed: closing !== undefined, body };
}

function hasOurKey(line: SourceLine): boolean {
  const key = keyOf(line.text);
  return key !== undefined && fieldOf(key.name) !== undefined;
}

function closingFence(lines: readonly SourceLine[], from: number): number | undefined {
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined || isHeading(lines, index)) return undefined;
    if (FENCE.test(line.text)) return index;
  }
  return undefined;
}

/** A comment looks like a heading; what follows tells them apart. */
function isHeading(lines: readonly SourceLine[], index: number): boolean {
  const heading = lines[index]?.text ?? "";
  if (!heading.startsWith("#") || !HEADING.test(heading)) return false;
  let next = index + 1;
  while (next < lines.length && lines[next]?.text.trim() === "") next += 1;
  const line = lines[next];
  if (line === undefined) return true;
  const text = line.text.trimStart();
  const goesOn =
    keyOf(line.text) !== undefined || FENCE.test(line.text) || text.startsWith("#") || text.startsWith("- ");
  return !goesOn && indentOf(line) === 0;
}

function firstOutside(lines: readonly SourceLine[], from: number): number {
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined || isBlank(line) || isHeading(lines, index)) return index;
  }
  return lines.length;
}
