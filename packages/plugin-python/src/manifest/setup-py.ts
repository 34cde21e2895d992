import type { SourceText } from "@symbiotic-build/engine";
import { normalizeName } from "../names.ts";
import { emptyManifest, type Manifest } from "./manifest.ts";
import { tokenize, type Token } from "./python-tokens.ts";
import { parseRequirements } from "./requirement.ts";

const LISTS = ["install_requires", "extras_require", "setup_requires", "tests_require"];
const OPENING = new Set(["(", "[", "{"]);
const CLOSING = new Set([")", "]", "}"]);

/**
 * Reads the literals of a `setup.py`: the name and the requirements in its call of `setup`, also through a variable that
 * the file sets. Nothing is run, so what is computed is not seen. A call that gives no name declares no project: such
 * files build a part of a package, or leave the name to a `setup.cfg` or `pyproject.toml`, which declares it.
 */
export function readSetupPy(file: SourceText): Manifest {
  const tokens = tokenize(file.text);
  const given = keywords(tokens);
  const variables = assignments(tokens);
  const [written] = stringsOf(given.get("name") ?? [], variables);
  const name = written === undefined ? undefined : normalizeName(written);
  const lists = LISTS.flatMap((key) => stringsOf(given.get(key) ?? [], variables));
  return {
    ...emptyManifest(file.path),
    declares: given.has("name"),
    ...(name !== undefined && { name }),
    managers: given.has("name") ? ["setuptools"] : [],
    requirements: parseRequirements(lists),
  };
}

/** The keyword arguments of the call of `setup`. */
function keywords(tokens: readonly Token[]): Map<string, readonly Token[]> {
  const call = tokens.findIndex((token, index) => {
    const isCall = isWord(token, "setup") && isSign(tokens[index + 1], "(");
    return isCall && !isWord(tokens[index - 1], "def");
  });
  return call < 0 ? new Map<string, readonly Token[]>() : namedValues(tokens, call + 2);
}

function namedValues(tokens: readonly Token[], start: number): Map<string, readonly Token[]> {
  const values = new Map<string, readonly Token[]>();
  let index = start;
  while (index < tokens.length) {
    const end = expressionEnd(tokens, index);
    const [word, equals] = [tokens[index], tokens[index + 1]];
    if (word?.kind === "word" && isSign(equals, "=")) values.set(word.value, tokens.slice(index + 2, end));
    if (!isSign(tokens[end], ",")) break;
    index = end + 1;
  }
  return values;
}

/** The values of simple assignments to one word, the last one of each. */
function assignments(tokens: readonly Token[]): Map<string, readonly Token[]> {
  const values = new Map<string, readonly Token[]>();
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== "word" || !isSign(tokens[index + 1], "=")) continue;
    const value = tokens[index + 2];
    if (value?.kind === "string") values.set(token.value, [value]);
    else if (value && OPENING.has(value.value))
      values.set(token.value, tokens.slice(index + 2, bracketEnd(tokens, index + 2)));
  }
  return values;
}

/** The literal strings of an expression, with those of variables it names; keys of dictionaries are left out. */
function stringsOf(tokens: readonly Token[], variables: ReadonlyMap<string, readonly Token[]>): string[] {
  return tokens.flatMap((token, index) => {
    if (isSign(tokens[index + 1], ":")) return [];
    if (token.kind === "string") return [token.value];
    return token.kind === "word" ? (variables.get(token.value) ?? []).flatMap(literalOf) : [];
  });
}

function literalOf(token: Token, index: number, all: readonly Token[]): string[] {
  return token.kind === "string" && !isSign(all[index + 1], ":") ? [token.value] : [];
}

/** Where an argument ends: at the comma or the closing bracket on its own level. */
function expressionEnd(tokens: readonly Token[], start: number): number {
  let index = start;
  while (index < tokens.length) {
    const token = tokens[index];
    if (isSign(token, ",") || (token?.kind === "sign" && CLOSING.has(token.value))) return index;
    index = token?.kind === "sign" && OPENING.has(token.value) ? bracketEnd(tokens, index) : index + 1;
  }
  return index;
}

/** The place after the bracket that closes the one at `start`. */
function bracketEnd(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.kind !== "sign") continue;
    if (OPENING.has(token.value)) depth += 1;
    if (CLOSING.has(token.value)) depth -= 1;
    if (depth <= 0) return index + 1;
  }
  return tokens.length;
}

function isWord(token: Token | undefined, value: string): boolean {
  return token?.kind === "word" && token.value === value;
}

function isSign(token: Token | undefined, value: string): boolean {
  return token?.kind === "sign" && token.value === value;
}
