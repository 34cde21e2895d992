import { logLine, oneLine } from "../sanitise.ts";

/** A key that no JSON has: data from elsewhere is never taken for markup. */
const HTML: unique symbol = Symbol("html");

/** HTML that is safe to put into the page: only what this file exports makes it. */
export interface Markup {
  readonly [HTML]: string;
}

/** What a place in a template takes; texts only ever become text. */
export type Part = string | number | Markup | readonly Markup[];

/** No markup. */
export const NOTHING: Markup = { [HTML]: "" };

const OPEN: Markup = { [HTML]: " open" };

/** HTML from a template; each text in it becomes one line without control characters, and never markup. */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let made = texts[0] ?? "";
  parts.forEach((part, index) => {
    made += markupOf(part) + (texts[index + 1] ?? "");
  });
  return { [HTML]: made };
}

/** A line of source: as `markup` takes texts, with its tabs. */
export function code(line: string): Markup {
  return { [HTML]: escaped(logLine(line, false)) };
}

/** The attribute that unfolds a `details`. */
export function openIf(isOpen: boolean): Markup {
  return isOpen ? OPEN : NOTHING;
}

/** JSON for a script element: nothing in it ends the element, or has it read in another way. */
export function jsonFor(value: unknown): Markup {
  return { [HTML]: JSON.stringify(value).replace(/<(?=!--|\/?script)/gi, "\\u003c") };
}

function markupOf(part: Part): string {
  if (typeof part === "string") return escaped(oneLine(part));
  if (typeof part === "number") return String(part);
  return HTML in part ? htmlOf(part) : part.map(htmlOf).join("");
}

/** The text of a piece of HTML, for what puts the page together. */
export function htmlOf(part: Markup): string {
  return part[HTML];
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** The further lines of a message, as they are, without empty ones at the start. */
export function linesMarkup(lines: readonly string[]): Markup {
  const from = lines.findIndex((line) => line !== "");
  if (from < 0) return NOTHING;
  return markup`<pre class="lines" tabindex="0">${lines.slice(from).map((line) => markup`<span>${code(line)}</span>`)}</pre>`;
}
