import { hash } from "node:crypto";

const MARK = /\n<!-- symbiotic prompts: ([0-9a-f]{16}) -->\n$/;

/** A text with a last line by which it is known again as it was written. */
export function marked(text: string): string {
  const body = text.replace(/\n*$/, "\n");
  return `${body}\n<!-- symbiotic prompts: ${digestOf(body)} -->\n`;
}

/** The same of an object as JSON, which has no comments: one of its keywords is the mark. */
export function markedJson(text: string): string {
  const own = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const keywords = [`symbiotic-prompts-${digestOf(JSON.stringify(own))}`];
  return `${JSON.stringify({ ...own, keywords }, undefined, 2)}\n`;
}

/** Whether a text is, byte by byte, one that was written so, by whatever release: nobody has edited it since. */
export function isAsWritten(text: string): boolean {
  const [, digest] = MARK.exec(text) ?? [];
  return digest === undefined ? isJsonAsWritten(text) : digestOf(text.replace(MARK, "")) === digest;
}

function isJsonAsWritten(text: string): boolean {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== "object" || read === null || Array.isArray(read)) return false;
    const own = Object.fromEntries(Object.entries(read).filter(([key]) => key !== "keywords"));
    return markedJson(JSON.stringify(own)) === text;
  } catch {
    return false;
  }
}

function digestOf(text: string): string {
  return hash("sha256", text, "hex").slice(0, 16);
}
