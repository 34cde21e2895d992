import type { Segment } from "../text/segment.ts";
import { isBlockMark } from "./block-mark.ts";
import { beginsComment, type CommentRule } from "./comment.ts";
import type { Entry } from "./entry.ts";
import { closingQuote, quoteAt, unquoted, type Quote } from "./quotes.ts";

/** One value of a list, wherever it stands. */
export interface Item {
  readonly text: string;
  readonly quote: Quote;
  /** What stands in the document, quotes included. */
  readonly source: Segment;
}

/** How lists are read: what separates two values, and what begins a comment. */
export interface ListRule {
  readonly comments: CommentRule;
  readonly separators: string;
}

/** The values of a list, and whether each `[` has its `]`. */
export interface Items {
  readonly items: readonly Item[];
  readonly isClosed: boolean;
}

const DASH = /^\s*-(?=\s|$)/;
const WIKI = /\[\[[^[\]]{1,200}\]\]/y;
const LINK = /\[[^[\]]{0,200}\]\([^()]{0,400}\)/y;

/** The values of an entry, however its list is written: on one line with commas, in brackets, or a line each. */
export function itemsOf(entry: Entry, rule: ListRule): Items {
  const scan = new Scan(rule);
  if (!isBlockMark(entry.inline.text)) scan.read(entry.inline, 0);
  let hasDashes = false;
  for (const segment of entry.more) {
    const dash = scan.isOpen ? undefined : DASH.exec(segment.text)?.[0].length;
    hasDashes ||= dash !== undefined;
    // Under an item stands more about it: a reason, a title.
    if (dash !== undefined || !hasDashes) scan.read(segment, dash ?? 0);
  }
  return { items: scan.items, isClosed: !scan.isOpen };
}

/** Reads lines one after another: a list in brackets can go over several. */
class Scan {
  readonly items: Item[] = [];
  readonly #rule: ListRule;
  #depth = 0;

  constructor(rule: ListRule) {
    this.#rule = rule;
  }

  get isOpen(): boolean {
    return this.#depth > 0;
  }

  read(segment: Segment, from: number): void {
    const { text } = segment;
    for (let index = from; index < text.length; ) {
      const character = text.charAt(index);
      if (beginsComment(text, index, this.#rule.comments)) return;
      if (character.trim() === "" || this.#rule.separators.includes(character)) index += 1;
      else if (this.#isBracket(text, index)) index += 1;
      else index = this.#take(segment, index);
    }
  }

  #isBracket(text: string, index: number): boolean {
    const character = text.charAt(index);
    if (character === "]" && this.#depth > 0) this.#depth -= 1;
    else if (character === "[" && lengthOfLink(text, index) === 0) this.#depth += 1;
    else return false;
    return true;
  }

  #take(segment: Segment, start: number): number {
    const { text } = segment;
    const quoted = this.#endOfQuoted(text, start);
    const end = quoted ?? start + text.slice(start, this.#endOfPlain(text, start)).trimEnd().length;
    const source = {
      ...segment,
      text: text.slice(start, end),
      column: segment.column + start,
      offset: segment.offset + start,
    };
    const value = quoted === undefined ? source.text : unquoted(source.text);
    this.items.push({ text: value, quote: quoted === undefined ? "" : quoteAt(text, start), source });
    return end;
  }

  /** Where a quoted value ends; undefined where its quote is not closed, or more of it follows. */
  #endOfQuoted(text: string, start: number): number | undefined {
    const close = quoteAt(text, start) === "" ? -1 : closingQuote(text, start);
    if (close < 0) return undefined;
    const after = text.slice(close + 1, close + 100).trimStart();
    const isEnd = after === "" || after.startsWith("#") || this.#endsItem(after.charAt(0));
    return isEnd ? close + 1 : undefined;
  }

  #endsItem(character: string): boolean {
    return this.#rule.separators.includes(character) || (character === "]" && this.#depth > 0);
  }

  #endOfPlain(text: string, start: number): number {
    let nested = 0;
    for (let index = start; index < text.length; index += 1) {
      const character = text.charAt(index);
      if (beginsComment(text, index, this.#rule.comments) && index > start) return index;
      if (nested === 0 && this.#endsItem(character)) return index;
      const link = character === "[" ? lengthOfLink(text, index) : 0;
      if (link > 0) index += link - 1;
      else nested = Math.max(0, nested + nesting(character));
    }
    return text.length;
  }
}

/** Commas within `{a,b}` and brackets within `[id]` belong to the value. */
function nesting(character: string): number {
  return "[{(".includes(character) ? 1 : "]})".includes(character) ? -1 : 0;
}

function lengthOfLink(text: string, index: number): number {
  for (const pattern of [WIKI, LINK]) {
    pattern.lastIndex = index;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) return found.length;
  }
  return 0;
}
