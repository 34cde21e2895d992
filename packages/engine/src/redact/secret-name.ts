import { looksMade } from "./looks-made.ts";

/**
 * The kinds of names that hold a secret: what a person made up (`password`) may be words, what a machine made (`token`) is
 * not. Names that may be those of much else hold one only where its letters are mixed as by chance: `random`, or without
 * hexadecimal numbers, which are names of contents as often, `key`.
 */
export type SecretKind = "password" | "token" | "random" | "key";

/** The words that make a name one of a secret. */
export const SECRET_WORD: RegExp =
  /pass(?:word|wd|phrase|code)|(?<=[_-])pass(?![A-Za-z])|pwd|secret|token|credential|(?:access|amz-)signature|(?:api|access|account|auth|private|signing|encryption|master|shared)[_-]?key/gi;
/** Words of names that may be those of much else. */
const WEAK_WORD = /auth|creds?|salt|session|cookie|hmac|signature|key/gi;

/** What may follow the word in a name: `_PROD`, `Value`, `2`; not other letters: `tokens`, `tokenizer`, `secretary`. */
const ENDING = /^(?:$|[_\-0-9A-Z]|key$|value$)/;
/** The same in a name of capitals, where a capital begins no new word. */
const ENDING_OF_CAPITALS = /^(?:$|[_\-0-9]|KEY$|VALUE$)/;
/** Endings of names that are about a secret and hold none. */
const ABOUT =
  /(?:^|[_-]|(?<=[a-z])(?=[A-Z]))(?:ids?|types?|ur[li]|endpoint|names?|counts?|counter|limit|path|file|dir|fields?|length|len|size|ttl|age|expir(?:es|y|ation)(?:[_-]?(?:in|at))?|policy|class|env|var|header|hint|index|usage|version|budget|format|manager|provider|helper|validators?|regex|pattern|required|enabled|status|error|message|label|title|prompt|help|algorithm|method|ref|colou?rs?|s)$/i;

/** Which kind of secret a name with this word and this ending holds, undefined if none. */
export function kindOf(word: string, ending: string): "password" | "token" | undefined {
  if (!isName(word, ending)) return undefined;
  return /^p/i.test(word) && !/^private/i.test(word) ? "password" : "token";
}

/** Which kind of secret something of this name holds, undefined if none. */
export function kindOfName(name: string): SecretKind | undefined {
  if (/^(?:old)?pwd$/i.test(name)) return undefined;
  for (const found of name.slice(0, 256).matchAll(SECRET_WORD)) {
    const kind = kindOf(found[0], name.slice(found.index + found[0].length, 256));
    if (kind) return kind;
  }
  return weakKindOf(name);
}

/** Which kind a name is of that alone makes no secret of its value, undefined if none. */
export function weakKindOf(name: string): "random" | "key" | undefined {
  for (const found of name.slice(0, 256).matchAll(WEAK_WORD)) {
    if (!isName(found[0], name.slice(found.index + found[0].length, 256))) continue;
    return found[0].toLowerCase() === "key" ? "key" : "random";
  }
  return undefined;
}

function isName(word: string, ending: string): boolean {
  const allowed = word === word.toUpperCase() ? ENDING_OF_CAPITALS : ENDING;
  return allowed.test(ending) && !ABOUT.test(ending);
}

/** The values of those variables whose names say that they hold a secret, for `createRedactor`. */
export function secretValuesOf(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    const kind = value === undefined || value === "" ? undefined : kindOfName(name);
    if (value === undefined || kind === undefined) return [];
    return kind === "password" || kind === "token" || looksMade(value, kind === "random") ? [value] : [];
  });
}
