import { isCode, isOfWords, isPath, isStandIn, looksRandom } from "./looks.ts";
import { looksMade } from "./looks-made.ts";
import { placeholder } from "./placeholder.ts";
import type { SecretKind } from "./secret-name.ts";
import { kindOf, SECRET_WORD } from "./secret-name.ts";

const ENDING = /[\w-]{0,64}/y;
/** From the name to the value: `=`, `: `, `":"`, `'] = `, `: str = `; never `==` or `::`. */
const SEPARATOR =
  /\\{0,3}["'`]?\]?\s{0,4}(?::\s{0,4}[A-Za-z_][\w.]{0,30}(?:\[[\w., |]{0,30}\])?\s{0,4}=(?!=)|=>|:=|=(?![=~])|:(?![:=]))\s{0,4}/y;
const FLAG = /[ \t]{1,4}/y;
const QUOTE = /(?:[rbfuRBFU]{0,2})(\\{0,3}["'`])/y;
const BARE = /[^\s"'`,;&|<>()[\]{}]+/y;
const UP_TO_SPACE = /[^\s"'`]+/y;
/** Nothing that long is a name or an expression; it also bounds how often one stretch of text is read. */
const LONG = 256;

/** A value that is assigned to something whose name says that it is a secret. */
interface Assignment {
  readonly kind: SecretKind;
  readonly value: string;
  /** Where in the text the value begins. */
  readonly start: number;
  /** `code`: it may be an expression. `literal`: it can only be a value. */
  readonly style: "quoted" | "literal" | "code";
  /** The character after the value. */
  readonly after: string;
}

/** One line with the values of secret-looking names taken out: `password=...`, `"token": "..."`, `--api-key ...`. */
export function redactAssignments(line: string): string {
  if (!mayAssign(line) || line.search(SECRET_WORD) < 0) return line;
  let result = "";
  let done = 0;
  for (const word of line.matchAll(SECRET_WORD)) {
    if (word.index < done) continue;
    const found = assignmentAt(line, word[0], word.index);
    if (!found || !isSecret(found)) continue;
    result += line.slice(done, found.start) + placeholder("secret");
    done = found.start + found.value.length;
  }
  return result + line.slice(done);
}

/** Whether there is anything that an assignment has between its name and its value, or that an option begins with. */
function mayAssign(line: string): boolean {
  return line.includes("=") || line.includes(":") || line.includes("-");
}

/** Whether a whole string under a name of this kind is a secret. */
export function isSecretValue(kind: SecretKind, value: string): boolean {
  return isSecret({ kind, value, start: 0, style: "quoted", after: "" });
}

function isSecret({ kind, value, style, after }: Assignment): boolean {
  if (kind === "random" || kind === "key")
    return !isStandIn(value) && !isPath(value) && looksMade(value, kind === "random");
  if (style !== "quoted" && value.length > LONG) return true;
  if (value.length < 4 || isStandIn(value)) return false;
  if (style === "quoted") return kind === "password" || !/\s/.test(value);
  if (isPath(value) || isCode(value, after)) return false;
  if (/^[\d.:]+$/.test(value)) return kind === "password" && style === "literal";
  if (style === "literal") return true;
  if (kind === "password") return value.length >= 6 && /\d/.test(value) && /[A-Za-z]/.test(value) && !/_/.test(value);
  if (looksMade(value, true)) return true;
  return value.length >= 12 && looksRandom(value) && !isOfWords(value) && !/^[a-z]+(?:_[a-z0-9]+)+$/i.test(value);
}

function assignmentAt(line: string, word: string, index: number): Assignment | undefined {
  const ending = match(ENDING, line, index + word.length)?.[0] ?? "";
  const kind = kindOf(word, ending);
  if (!kind) return undefined;
  const end = index + word.length + ending.length;
  const separator = match(SEPARATOR, line, end);
  if (separator) return valueAt(line, end + separator[0].length, kind, placeOf(line, index, end, separator[0]));
  const space = match(FLAG, line, end);
  if (!space || !/^--?[A-Za-z]/.test(nameBefore(line, index) + word)) return undefined;
  return valueAt(line, end + space[0].length, kind, "code");
}

/**
 * Where an assignment stands. `shell`: a variable of capitals or an option, whose value ends at a space. `part`: in a query
 * or a connection string. `line`: at the very beginning, as in a file of settings. `code`: anywhere else.
 */
type Place = "shell" | "part" | "line" | "code";

function placeOf(line: string, index: number, end: number, separator: string): Place {
  if (separator !== "=") return "code";
  const name = nameBefore(line, index) + line.slice(index, end);
  if (/^(?:-|[A-Z0-9_]+$)/.test(name)) return "shell";
  const before = line.charAt(end - name.length - 1);
  return before === "" ? "line" : "?&;:".includes(before) ? "part" : "code";
}

function valueAt(line: string, at: number, kind: SecretKind, place: Place): Assignment | undefined {
  const quote = match(QUOTE, line, at);
  // What ends a part of a connection string ends a statement of a program, too.
  const isTight = line.charAt(at - 1) === "=";
  if (!quote) return bare(line, at, kind, { place, isTight });
  const start = at + quote[0].length;
  const end = line.indexOf(quote[1] ?? "", start);
  if (end < 0) return bare(line, start, kind, { place: "shell", isTight });
  return { kind, value: line.slice(start, end), start, style: "quoted", after: "" };
}

function bare(
  line: string,
  start: number,
  kind: SecretKind,
  { place, isTight }: { readonly place: Place; readonly isTight: boolean },
): Assignment | undefined {
  const value = match(place === "shell" ? UP_TO_SPACE : BARE, line, start)?.[0];
  if (value === undefined) return undefined;
  const after = line.charAt(start + value.length);
  const literal =
    place === "shell" ||
    place === "part" ||
    (isTight && (after === ";" || after === "&")) ||
    (place === "line" && after.trim() === "");
  return { kind, value, start, style: literal ? "literal" : "code", after };
}

/** The part of the name before the word; names longer than anybody writes are cut. */
function nameBefore(line: string, index: number): string {
  let start = index;
  while (start > 0 && index - start < 64 && /[\w-]/.test(line.charAt(start - 1))) start -= 1;
  return line.slice(start, index);
}

function match(pattern: RegExp, line: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(line) ?? undefined;
}
