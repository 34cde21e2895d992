import { hash } from "node:crypto";

const MARK = /\n<!-- symbiotic prompts: ([0-9a-f]{16}) -->\n$/;

/** A text with a last line by which it is known again as it was written. */
export function marked(text: string): string {
  const body = text.replace(/\n*$/, "\n");
  return `${body}\n<!-- symbiotic prompts: ${digestOf(body)} -->\n`;
}

/** Whether a text is, byte by byte, one that was written so: nobody has edited it since. */
export function isAsWritten(text: string): boolean {
  const [, digest] = MARK.exec(text) ?? [];
  return digest !== undefined && digestOf(text.replace(MARK, "")) === digest;
}

function digestOf(text: string): string {
  return hash("sha256", text, "hex").slice(0, 16);
}
