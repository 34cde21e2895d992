import { sha256Hex } from "../core/sha256.ts";

/**
 * One entry of an append-only file: a line `<version> <check> <name> <json>`, ASCII, with line ends before and after it.
 * The check covers all that follows it. A line that is torn or overwritten spoils itself and no other.
 */
export interface Frame {
  /** What it is found by: ASCII, with no blank and no line end in it. */
  readonly name: string;
  readonly json: string;
}

/** Where a frame lies in the text of its file, before it has been checked. */
export interface FrameRef {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a look over a file's text found. */
export interface Scan {
  /** How far complete lines reach. */
  readonly end: number;
  /** Lines that are no frames. */
  readonly damaged: number;
  /** Lines of another version of the format. */
  readonly foreign: number;
}

const VERSION = "1";
const VERSION_CODE = VERSION.charCodeAt(0);
const BLANK = 32;
const CHECK_LENGTH = 32;
const CHECK_AT = VERSION.length + 1;
const NAME_AT = CHECK_AT + CHECK_LENGTH + 1;
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is where ASCII ends
const NOT_ASCII = /[^\0-\x7f]/g;

/** The bytes to append for a frame, in one write. */
export function encodeFrame({ name, json }: Frame): Buffer {
  const body = `${name} ${json.replace(NOT_ASCII, escapeUnit)}`;
  return Buffer.from(`\n${VERSION} ${check(body)} ${body}\n`, "latin1");
}

/** The text in which frames are looked for: one character a byte, so that any bytes can be read. */
export function frameText(bytes: Buffer): string {
  return bytes.toString("latin1");
}

/**
 * Goes over the complete lines from `start` and hands on where each frame lies. Names are taken on trust here, which
 * keeps a bulk read cheap: `decodeFrame` checks the line.
 */
export function scanFrames(text: string, start: number, take: (name: string, ref: FrameRef) => void): Scan {
  let [damaged, foreign, at] = [0, 0, start];
  for (let end = text.indexOf("\n", at); end >= 0; end = text.indexOf("\n", at)) {
    if (end > at) {
      const name = nameIn(text, at, end);
      if (name !== undefined) take(name, { text, start: at, end });
      else if (isForeign(text, at)) foreign += 1;
      else damaged += 1;
    }
    at = end + 1;
  }
  return { end: at, damaged, foreign };
}

/** Hands on where each frame of one name lies in the complete lines of a file, in order, without taking the others apart. */
export function scanNamed(bytes: Buffer, name: string, take: (ref: FrameRef) => void): void {
  const needle = Buffer.from(` ${name} `, "latin1");
  for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) {
    const end = bytes.indexOf("\n", at);
    if (end < 0) return;
    const text = frameText(bytes.subarray(bytes.lastIndexOf("\n", at) + 1, end));
    if (nameIn(text, 0, text.length) === name) take({ text, start: 0, end: text.length });
    at = end;
  }
}

/** The frame at this place, or `undefined` where the text is not what was written. */
export function decodeFrame({ text, start, end }: FrameRef): Frame | undefined {
  const body = text.slice(start + NAME_AT, end);
  if (!text.startsWith(check(body), start + CHECK_AT)) return undefined;
  const split = body.indexOf(" ");
  return { name: body.slice(0, split), json: body.slice(split + 1) };
}

/** Reads a frame's JSON; `undefined` where it is damaged. */
export function parseFrame(ref: FrameRef): { readonly name: string; readonly value: unknown } | undefined {
  const frame = decodeFrame(ref);
  if (frame === undefined) return undefined;
  try {
    return { name: frame.name, value: JSON.parse(frame.json) };
  } catch {
    return undefined;
  }
}

function nameIn(text: string, start: number, end: number): string | undefined {
  const isOurs =
    text.charCodeAt(start) === VERSION_CODE &&
    text.charCodeAt(start + 1) === BLANK &&
    text.charCodeAt(start + NAME_AT - 1) === BLANK;
  if (!isOurs) return undefined;
  const blank = text.indexOf(" ", start + NAME_AT);
  return blank > 0 && blank < end ? text.slice(start + NAME_AT, blank) : undefined;
}

function isForeign(text: string, start: number): boolean {
  return text.charCodeAt(start) !== VERSION_CODE && /^\d{1,6} $/.test(text.slice(start, text.indexOf(" ", start) + 1));
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function check(body: string): string {
  return sha256Hex(body).slice(0, CHECK_LENGTH);
}
