import { fail, ok, type Result } from "../../core/result.ts";

/** Stands in a word for what only a shell can know: a variable, a pattern. No argument can hold this character. */
export const UNKNOWN = "\0";

const OPERATORS = /^(?:&&|\|\||\|&|;;|[;&|()\n])/;
const REDIRECTION = /^(?:&>>?|<>|>\||>>|<&|>&|<|>)/;

interface Lexer {
  readonly commands: string[][];
  words: string[];
  word: string | undefined;
  /** The next word is a file of a redirection. */
  skips: boolean;
}

/**
 * The simple commands in a line of a POSIX shell, in order, as words without their quotes. What only the shell can know is
 * `UNKNOWN`. Fails where one command stands within another, or in a form that is not read here. Linear.
 */
export function shellCommands(line: string): Result<readonly (readonly string[])[], string> {
  const lexer: Lexer = { commands: [], words: [], word: undefined, skips: false };
  let at = 0;
  while (at < line.length) {
    const length = step(lexer, line, at);
    if (typeof length === "string") return fail(length);
    at += length;
  }
  endCommand(lexer);
  return ok(lexer.commands);
}

/** Reads what begins here; gives how long it is, or why it cannot be read. */
function step(lexer: Lexer, line: string, at: number): number | string {
  const character = line.charAt(at);
  if (character === "'") return quoted(lexer, line, at);
  if (character === '"') return doubleQuoted(lexer, line, at);
  if (character === "\\") return escaped(lexer, line, at);
  if (character === "`" || isSubstitution(line, at)) return "a command stands within a command";
  if (character === "#" && lexer.word === undefined) return lengthOfLine(line, at);
  if (character === " " || character === "\t" || character === "\r") return endWord(lexer, 1);
  const operator = operatorAt(lexer, line, at);
  if (operator !== undefined) return operator;
  lexer.word = (lexer.word ?? "") + ("$*?[{~".includes(character) ? UNKNOWN + character : character);
  return 1;
}

function operatorAt(lexer: Lexer, line: string, at: number): number | string | undefined {
  const next = line.slice(at, at + 8);
  if (next.startsWith("<<")) return "a text for standard input stands in the line";
  const redirection = REDIRECTION.exec(next)?.[0];
  if (redirection !== undefined) {
    // The number of what is redirected stands in front.
    if (lexer.word !== undefined && /^\d{1,3}$/.test(lexer.word)) lexer.word = undefined;
    endWord(lexer, 0);
    lexer.skips = true;
    return redirection.length;
  }
  const operator = OPERATORS.exec(next)?.[0];
  if (operator === undefined) return undefined;
  endCommand(lexer);
  return operator.length;
}

/** `$(`, `<(`, `>(`, and `${` that may do as much. */
function isSubstitution(line: string, at: number): boolean {
  return /^(?:\$\(|\$\{|\$\[|[<>]\()/.test(line.slice(at, at + 2));
}

function quoted(lexer: Lexer, line: string, at: number): number | string {
  const end = line.indexOf("'", at + 1);
  if (end < 0) return "a quotation mark is not closed";
  lexer.word = (lexer.word ?? "") + line.slice(at + 1, end);
  return end + 1 - at;
}

function doubleQuoted(lexer: Lexer, line: string, at: number): number | string {
  lexer.word ??= "";
  for (let index = at + 1; index < line.length; index += 1) {
    const character = line.charAt(index);
    if (character === '"') return index + 1 - at;
    if (character === "`" || isSubstitution(line, index)) return "a command stands within a command";
    const isEscape = character === "\\" && '$`"\\\n'.includes(line.charAt(index + 1));
    if (isEscape) index += 1;
    const kept = isEscape ? line.charAt(index).replace("\n", "") : character;
    lexer.word += !isEscape && character === "$" ? UNKNOWN + kept : kept;
  }
  return "a quotation mark is not closed";
}

function escaped(lexer: Lexer, line: string, at: number): number {
  const character = line.charAt(at + 1);
  if (character !== "\n") lexer.word = (lexer.word ?? "") + character;
  return 2;
}

function lengthOfLine(line: string, at: number): number {
  const end = line.indexOf("\n", at);
  return (end < 0 ? line.length : end) - at;
}

function endWord(lexer: Lexer, length: number): number {
  if (lexer.word !== undefined) {
    if (lexer.skips) lexer.skips = false;
    else lexer.words.push(lexer.word);
  }
  lexer.word = undefined;
  return length;
}

function endCommand(lexer: Lexer): void {
  endWord(lexer, 0);
  lexer.skips = false;
  if (lexer.words.length > 0) lexer.commands.push(lexer.words);
  lexer.words = [];
}
