import { parse } from "smol-toml";

/** A header or a pair of a TOML text, with the comments and the empty lines before it. */
export interface TomlStatement {
  readonly kind: "header" | "pair";
  /** The names of the header, or of the key: `tool.ruff` is two. */
  readonly names: readonly string[];
  /** As it stands there, with the end of its last line. */
  readonly text: string;
}

/** A TOML text cut up, byte for byte. */
export interface TomlStatements {
  readonly statements: readonly TomlStatement[];
  /** What comes after the last one: comments, empty lines. */
  readonly rest: string;
}

/** Cuts a TOML text at its headers and pairs. Throws where it is none, though not for all that is none: its user has to parse what it makes of it. */
export function tomlStatements(text: string): TomlStatements {
  const statements: TomlStatement[] = [];
  let from = 0;
  for (let at = skipBlank(text, from); at < text.length; at = skipBlank(text, from)) {
    const isHeader = text.charAt(at) === "[";
    const stop = isHeader ? headerEnd(text, at) : skipUntil(text, at, "=");
    const key = isHeader ? text.slice(at, stop).replace(/^\[\[?|\]\]?$/g, "") : text.slice(at, stop);
    const end = lineEnd(text, isHeader ? stop : stop + 1);
    statements.push({ kind: isHeader ? "header" : "pair", names: namesIn(key), text: text.slice(from, end) });
    from = end;
  }
  return { statements, rest: text.slice(from) };
}

const BLANK = /(?:\s|#[^\n]*)*/y;

function skipBlank(text: string, from: number): number {
  BLANK.lastIndex = from;
  return from + (BLANK.exec(text)?.[0].length ?? 0);
}

function headerEnd(text: string, at: number): number {
  const brackets = text.startsWith("[[", at) ? 2 : 1;
  return skipUntil(text, at + brackets, "]") + brackets;
}

/** Where a sign stands that is in no string. */
function skipUntil(text: string, from: number, sign: string): number {
  for (let at = from; at < text.length; at = stringEnd(text, at)) if (text.charAt(at) === sign) return at;
  throw new SyntaxError(`no ${sign}`);
}

/** The end of the line on which what begins here ends: strings and lists go over several. */
function lineEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at = text.charAt(at) === "#" ? commentEnd(text, at) : stringEnd(text, at)) {
    const sign = text.charAt(at);
    if (sign === "[" || sign === "{") depth += 1;
    if (sign === "]" || sign === "}") depth -= 1;
    if (sign === "\n" && depth <= 0) return at + 1;
  }
  return text.length;
}

function commentEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

const STRING = /"""(?:\\[^]|[^\\])*?"{3,5}|'''[^]*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'/y;

/** Past the string that begins here; past one sign where none does. */
function stringEnd(text: string, at: number): number {
  STRING.lastIndex = at;
  return at + (STRING.exec(text)?.[0].length ?? 1);
}

/** The parser knows how names are quoted. */
function namesIn(key: string): string[] {
  const names: string[] = [];
  for (let value: unknown = parse(`${key} = 0`); typeof value === "object" && value !== null; ) {
    const [entry] = Object.entries(value);
    if (entry === undefined) throw new SyntaxError("a key without a name");
    names.push(entry[0]);
    value = entry[1];
  }
  return names;
}
