import { sha256Hex } from "../core/sha256.ts";
import type { JournalEntry } from "./journal-entry.ts";

const HEAD = '{"sum":"';
const SUM = 16;
const MIDDLE = '","entry":';
const TEXT_AT = HEAD.length + SUM + MIDDLE.length;

/** An entry as a line of JSON with the checksum of its text: a line that is torn or overwritten does not pass for one. */
export function encodeLine(entry: JournalEntry): string {
  const text = JSON.stringify(entry);
  return `${HEAD}${sumOf(text)}${MIDDLE}${text}}\n`;
}

/** The entry of a line, given without its line end; `undefined` where it is not what was written. */
export function decodeLine(line: string): JournalEntry | undefined {
  const text = line.slice(TEXT_AT, -1);
  if (line !== `${HEAD}${sumOf(text)}${MIDDLE}${text}}`) return undefined;
  // What has the checksum of its text is what `encodeLine` was given.
  return JSON.parse(text) as JournalEntry;
}

function sumOf(text: string): string {
  return sha256Hex(text).slice(0, SUM);
}
