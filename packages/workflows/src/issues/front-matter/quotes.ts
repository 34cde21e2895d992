import { parseDocument } from "yaml";

/** The quotes around a value. */
export type Quote = "" | "'" | '"';

/** The quote that a text has at this index. */
export function quoteAt(text: string, index: number): Quote {
  const character = text.charAt(index);
  return character === "'" || character === '"' ? character : "";
}

/** The index of the quote that closes the one at `start`; -1 where none does. */
export function closingQuote(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let index = start + 1; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === "\\" && quote === '"') index += 1;
    else if (character === quote) {
      if (quote === '"' || text.charAt(index + 1) !== quote) return index;
      index += 1;
    }
  }
  return -1;
}

/** What stands in a quoted text, its quotes included: `'it''s'` is `it's`. */
export function unquoted(text: string): string {
  const inner = text.slice(1, -1);
  if (text.startsWith("'")) return inner.replaceAll("''", "'");
  if (!inner.includes("\\")) return inner;
  const { contents, errors } = parseDocument(text, { logLevel: "silent", strict: false });
  const value: unknown = errors.length === 0 ? contents?.toJSON() : undefined;
  return typeof value === "string" ? value : inner;
}
