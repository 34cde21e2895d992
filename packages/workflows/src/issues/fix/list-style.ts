import type { Entry } from "../front-matter/entry.ts";
import { itemsOf } from "../front-matter/items.ts";
import { ID_LIST } from "../read/references.ts";
import { isBlank } from "../text/lines.ts";
import type { Segment } from "../text/segment.ts";
import { isIssueId } from "../words/issue-id.ts";
import { meaningOf } from "../words/placeholder.ts";
import type { Splice } from "./splice.ts";

const DASH = /^\s*-[ \t]*/;

/** How one more id is put into the list of an entry, in the style that the list has. `eol` is what ends its lines. */
export function addition(entry: Entry, id: string, eol: string): Splice {
  const { items } = itemsOf(entry, ID_LIST);
  const last = items.at(-1);
  if (last === undefined) return intoEmpty(entry, id, eol);
  const { source, quote } = last;
  const end = source.offset + source.text.length;
  const own = source.text.startsWith("[[") ? `[[${id}]]` : `${quote}${id}${quote}`;
  const isNothing = items.every(({ text }) => meaningOf(text) === "nothing");
  if (isNothing) return { start: source.offset, end, text: isDashed(entry) || isBracketed(entry) ? id : `[${id}]` };
  if (isDashed(entry)) return dashed(entry, own, eol);
  if (isBracketed(entry)) return { start: end, end, text: `,${gapBefore(entry, source, eol)}${own}` };
  if (quote !== "" && /[,;]/.test(last.text)) return { start: end - 1, end: end - 1, text: `, ${id}` };
  const isAlone = items.length === 1 && isIssueId(last.text);
  return isAlone
    ? { start: source.offset, end, text: `[${source.text}, ${own}]` }
    : { start: end, end, text: `, ${own}` };
}

/** An empty list gets brackets where it has none, or a line of its own where it has dashes. */
function intoEmpty(entry: Entry, id: string, eol: string): Splice {
  if (isDashed(entry)) return dashed(entry, id, eol);
  const lead = [entry.inline, ...entry.more].find(({ text }) => text.trim() !== "");
  const bracket =
    lead?.text.trimStart().startsWith("[") === true ? lead.offset + lead.text.indexOf("[") + 1 : undefined;
  if (bracket !== undefined) return { start: bracket, end: bracket, text: id };
  return { start: entry.inline.offset, end: entry.inline.offset, text: ` [${id}]` };
}

/** On a line of its own below the entry, as far in as the last item. */
function dashed({ more, last }: Entry, own: string, eol: string): Splice {
  const [dash = "- "] = more
    .map(({ text }) => DASH.exec(text)?.[0])
    .filter((each) => each !== undefined)
    .slice(-1);
  const lead = /\s$/.test(dash) ? dash : `${dash} `;
  return { start: last.end, end: last.end, text: `${eol}${lead}${own}` };
}

function isDashed({ inline, more }: Entry): boolean {
  return (
    isBlank({ ...blank, text: withoutComment(inline.text) }) && more.some(({ text }) => /^\s*-(?:\s|$)/.test(text))
  );
}

const blank = { number: 0, start: 0, end: 0, next: 0 };

function isBracketed(entry: Entry): boolean {
  const [first] = itemsOf(entry, ID_LIST).items;
  const lead = [entry.inline, ...entry.more].find(({ text }) => withoutComment(text) !== "");
  if (first === undefined || lead === undefined) return false;
  return lead.text.trimStart().startsWith("[") && lead.offset + lead.text.indexOf("[") < first.source.offset;
}

function withoutComment(text: string): string {
  return text.trimStart().startsWith("#") && !/^\s*#[\w]/.test(text) ? "" : text.trim();
}

/** Items that have a line each get one for the new item, too. */
function gapBefore({ more }: Entry, source: Segment, eol: string): string {
  const line = more.find(({ line: number }) => number === source.line);
  const lead = line?.text.slice(0, source.column - 1);
  return lead !== undefined && lead.trim() === "" ? `${eol}${lead}` : " ";
}
