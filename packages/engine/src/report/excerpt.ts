import { oneLine } from "./sanitise.ts";
import type { Style } from "./style.ts";
import { displayWidth, takeColumns } from "./width.ts";

/** A source line with the trouble in it. */
export interface Excerpt {
  /** The source line, without its newline. */
  readonly text: string;
  readonly line: number;
  /** From 1, in UTF-16 code units; without it no marker is drawn. */
  readonly column?: number;
  /** How many code units are marked; 1 where it is not said. */
  readonly length?: number;
}

/** How an excerpt is drawn. */
export interface ExcerptLook {
  readonly style: Style;
  /** Said after the marker: the next step. */
  readonly hint?: string;
  readonly width: number;
}

const TAB = "    ";
const CUT = "…";

/** The source line with its number, and `^^` under the trouble. A line that is too wide is cut around the trouble. */
export function excerptLines(excerpt: Excerpt, { style, hint, width }: ExcerptLook): string[] {
  const gutter = `   ${String(excerpt.line)} | `;
  const blank = `${" ".repeat(gutter.length - 2)}| `;
  const { before, marked, after } = split(excerpt);
  const shown = fit(before, marked, after, Math.max(20, width - gutter.length));
  const source = `${style.dim(gutter)}${shown.text}`.trimEnd();
  const marker = shown.markWidth === 0 ? "" : style.red("^".repeat(shown.markWidth));
  const said = [marker, hint ?? ""].filter((part) => part !== "").join(" ");
  if (said === "") return [source];
  return [source, `${style.dim(blank)}${" ".repeat(marker === "" ? 0 : shown.markAt)}${said}`];
}

function split({ text, column, length }: Excerpt): { before: string; marked: string; after: string } {
  if (column === undefined) return { before: "", marked: "", after: safe(text) };
  const from = Math.min(Math.max(0, column - 1), text.length);
  const to = Math.min(text.length, from + Math.max(1, length ?? 1));
  const marked = from === text.length ? " " : safe(text.slice(from, to));
  return { before: safe(text.slice(0, from)), marked, after: safe(text.slice(to)) };
}

function fit(
  before: string,
  marked: string,
  after: string,
  width: number,
): { text: string; markAt: number; markWidth: number } {
  const room = Math.max(1, width - Math.min(displayWidth(marked), Math.ceil(width / 2)) - 2);
  const start = displayWidth(before) > room ? `${CUT}${lastColumns(before, room)}` : before;
  const whole = start + marked + after;
  const text = displayWidth(whole) > width ? `${takeColumns(whole, width - 1)}${CUT}` : whole;
  const markAt = displayWidth(start);
  return { text, markAt, markWidth: Math.min(displayWidth(marked), Math.max(1, width - markAt)) };
}

function lastColumns(text: string, columns: number): string {
  let skipped = displayWidth(text) - columns;
  let index = 0;
  for (const character of text) {
    if (skipped <= 0) break;
    skipped -= displayWidth(character);
    index += character.length;
  }
  return text.slice(index);
}

function safe(text: string): string {
  return oneLine(text.replaceAll("\t", TAB));
}
