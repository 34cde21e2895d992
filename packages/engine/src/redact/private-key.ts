import { placeholder } from "./placeholder.ts";

const BEGIN = /-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}/g;
const END = /-{4,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}/g;
/** What a key on one line goes on with, where its end is missing: base64 and escaped line breaks. */
const BODY = / ?(?:\\{1,2}[nr])*[A-Za-z0-9+/]{16,}(?:[A-Za-z0-9+/=]|\\{1,2}[nr])*/y;
/** A line of a key: base64 at its end, behind whatever a logger or a test runner puts in front. */
const BODY_LINE = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{16,}={0,2}["',\\]{0,4}\s*$/;
const LAST_LINE = /^\s*[A-Za-z0-9+/]{1,76}={0,2}["',\\]{0,4}\s*$/;
const HEADER = /^\s*(?:Proc-Type|DEK-Info|Comment|Version|Subject|X-[\w-]{1,40}): |^\s*$/;

/** Whether the lines before were those of a key: not, in it before its first line of base64, or after one. */
export type KeyState = "outside" | "begun" | "inside";

/** A line without the parts of private keys in it, and what that means for the next line. */
export function redactKeyLine(line: string, state: KeyState): { readonly line: string; readonly state: KeyState } {
  return state === "outside" ? begin(line) : goOn(line, state);
}

function goOn(line: string, state: KeyState): { readonly line: string; readonly state: KeyState } {
  const end = exec(END, line, 0);
  if (end) {
    const rest = begin(line.slice(end.index + end[0].length));
    return { line: placeholder("private-key") + rest.line, state: rest.state };
  }
  if (BODY_LINE.test(line) || (state === "inside" && LAST_LINE.test(line)))
    return { line: hide(line), state: "inside" };
  if (HEADER.test(line)) return { line, state };
  return begin(line);
}

/** Windows line ends stay. */
function hide(line: string): string {
  return placeholder("private-key") + (line.endsWith("\r") ? "\r" : "");
}

function begin(line: string): { readonly line: string; readonly state: KeyState } {
  let result = "";
  let done = 0;
  let mayEnd = true;
  for (let found = exec(BEGIN, line, 0); found; found = exec(BEGIN, line, done)) {
    const from = found.index + found[0].length;
    const end: RegExpExecArray | null = mayEnd ? exec(END, line, from) : null;
    mayEnd = end !== null;
    result += line.slice(done, found.index) + placeholder("private-key");
    done = end ? end.index + end[0].length : from + (exec(BODY, line, from)?.[0].length ?? 0);
  }
  const open = result !== "" && !mayEnd && /^["',\\\s]*$/.test(line.slice(done));
  return { line: result + line.slice(done), state: open ? "begun" : "outside" };
}

function exec(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}
