import type { Entry } from "../front-matter/entry.ts";
import { itemsOf } from "../front-matter/items.ts";
import { ID_LIST } from "../read/references.ts";
import { isBlank } from "../text/lines.ts";
import type { Segment } from "../text/segment.ts";
import { isIssueId } from "../words/issue-id.ts";
import { meaningOf } from "../words/placeholder.ts";
import type { Splice } from "./splice.ts";

const DASH = /^\s*-[ \t]*/;

/** How more ids are put into the list of an entry, in the style that the list has. `eol` is what ends its lines. */
export function addition(entry: Entry, ids: readonly string[], eol: string): Splice {
  const { items } = itemsOf(entry, ID_LIST);
  const last = items.at(-1);
  if (last === undefined) return intoEmpty(entry, ids, eol);
  const { source, quote } = last;
  const end = source.offset + source.text.length;
  if (items.every(({ text }) => meaningOf(text) === "nothing")) {
    return { start: source.offset, end, text: inPlaceOfNothing(entry, ids, eol) };
  }
  const own = ids.map((id) => (source.text.startsWith("[[") ? `[[${id}]]` : `${quote}${id}${quote}`));
  if (isDashed(entry)) return dashed(entry, own, eol);
  if (isBracketed(entry)) return insertion(end, own, `,${gapBefore(entry, source, eol)}`);
  if (quote !== "" && /[,;]/.test(last.text)) return insertion(end - 1, ids, ", ");
  const isAlone = items.length === 1 && isIssueId(last.text);
  return isAlone
    ? { start: source.offset, end, text: `[${[source.text, ...own].join(", ")}]` }
    : insertion(end, own, ", ");
}

function insertion(at: number, texts: readonly string[], before: string): Splice {
  return { start: at, end: at, text: texts.map((text) => `${before}${text}`).join("") };
}

function inPlaceOfNothing(entry: Entry, ids: readonly string[], eol: string): string {
  if (isDashed(entry)) return ids.join(`${eol}${leadOf(entry)}`);
  return isBracketed(entry) ? ids.join(", ") : `[${ids.join(", ")}]`;
}

/** An empty list gets brackets where it has none, or lines of its own where it has dashes. */
function intoEmpty(entry: Entry, ids: readonly string[], eol: string): Splice {
  if (isDashed(entry)) return dashed(entry, ids, eol);
  const lead = [entry.inline, ...entry.more].find(({ text }) => text.trim() !== "");
  const bracket =
    lead?.text.trimStart().startsWith("[") === true ? lead.offset + lead.text.indexOf("[") + 1 : undefined;
  if (bracket !== undefined) return { start: bracket, end: bracket, text: ids.join(", ") };
  return { start: entry.inline.offset, end: entry.inline.offset, text: ` [${ids.join(", ")}]` };
}

/** On lines of their own below the entry. */
function dashed(entry: Entry, own: readonly string[], eol: string): Splice {
  return insertion(entry.last.end, own, `${eol}${leadOf(entry)}`);
}

/** The dash of the last item, as far in as it stands. */
function leadOf({ more }: Entry): string {
  const dash = more.map(({ text }) => DASH.exec(text)?.[0]).findLast((each) => each !== undefined) ?? "- ";
  return /\s$/.test(dash) ? dash : `${dash} `;
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
