const ESC = "\\u001b";
/** A colour or weight: the only sequence that cannot move anything. */
const SGR = `${ESC}\\[[0-9;:]*m`;
const CSI = `(?:${ESC}\\[|\\u009b)[0-?]*[ -/]*[@-~]`;
/** Titles, links, clipboard. One without an end loses only its introducer, so that it cannot hide the rest of the line. */
const STRING = `(?:${ESC}[PX\\]^_]|[\\u0090\\u0098\\u009d-\\u009f])[^\\u0007\\u001b\\u009c\\n]*(?:\\u0007|${ESC}\\\\|\\u009c)`;
const SHORT = `${ESC}[ -/]+[0-~]|${ESC}[0-Z\\\\^-~]`;
const CONTROL = "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]";
/** Alternatives in this order, so that what a removal leaves over cannot become a sequence. */
const UNSAFE = new RegExp(`(${SGR})|${CSI}|${STRING}|${SHORT}|${CONTROL}`, "g");
/** Turns the reading direction: text would not stand where it seems to. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const SUSPECT = /[^\u0020-\u007e]/;
const RESET = "\u001b[0m";
const LONGEST = 4000;

/** Text of others for a place inside a line: one line, no control characters, no escape sequences, of bounded length. */
export function oneLine(text: string): string {
  const short = bounded(text, LONGEST);
  if (!SUSPECT.test(short)) return short;
  return visible(short.replace(/[\r\n\t\u2028\u2029]+/g, " ").replace(UNSAFE, ""));
}

/** Text of others for a block of its own: its lines, each safe as those of `oneLine` are; blank ones at the ends left out. */
export function manyLines(text: string): string[] {
  return text
    .trim()
    .split(/\r?\n|\r/)
    .map((line) => oneLine(line).trimEnd());
}

/**
 * A line of a log. Colours are kept where `colour` asks for them, and end with the line; everything else that could move
 * the cursor, name the window or write to the clipboard is taken out. Of a line that redraws itself the last state is left.
 */
export function logLine(line: string, colour: boolean): string {
  const short = bounded(lastState(line), LONGEST).replace(/[\n\u2028\u2029]/g, " ");
  if (!SUSPECT.test(short)) return short;
  if (!colour) return visible(short.replace(UNSAFE, ""));
  const kept = visible(short.replace(UNSAFE, "$1"));
  return kept.includes("\u001b") ? `${kept}${RESET}` : kept;
}

function lastState(line: string): string {
  if (!line.includes("\r")) return line;
  return line.split("\r").findLast((state) => state !== "") ?? "";
}

function bounded(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

/** Direction marks and bytes that are no text are written out. */
function visible(text: string): string {
  return text.replace(BIDI, codePoint).replace(LONE, (unit) => {
    const code = unit.charCodeAt(0);
    return code >= 0xdc80 && code <= 0xdcff ? `\\x${(code - 0xdc00).toString(16)}` : "\ufffd";
  });
}

function codePoint(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
