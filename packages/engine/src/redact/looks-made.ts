import { chanceOfPair } from "./letter-pairs.ts";

/** Shorter ones are as often names. */
const SHORTEST = 20;
const LONGEST = 512;
/** With fewer different characters it is a pattern or a stand-in. */
const DIFFERENT = 10;
/** What a change between kinds of characters says for chance, and what small letters side by side say, as powers of two. */
const CHANGE = 3;
const NO_CHANGE = -1;
/** What has to speak for chance where a kind is missing that most made values have. */
const SURE = 10;

const [LOWER, UPPER, DIGIT, SIGN, FOREIGN] = [1, 2, 4, 8, 16];
const LETTERS = LOWER | UPPER;
const SOLID = LETTERS | DIGIT;

/**
 * Whether a machine made this by chance: its letters stand side by side, and their cases and digits change places, as chance
 * has it and not as in words; with `isOneCaseToo` also a number in hexadecimal, or digits among letters of one case.
 */
// To count changes and runs of small letters alone misses 8 % of 20 random characters and 7 % of 28. The pairs of letters, each by its
// weight, miss 0.005 % and less than 0.001 %, and take fewer names for made; see docs/proofs/redactions.md.
export function looksMade(value: string, isOneCaseToo: boolean): boolean {
  if (value.length < SHORTEST || value.length > LONGEST) return false;
  const { kinds, chance } = readingOf(value);
  if ((kinds & FOREIGN) !== 0 || (kinds & LETTERS) === 0) return false;
  if ((kinds & LETTERS) !== LETTERS) {
    if (!isOneCaseToo || (kinds & (SIGN | DIGIT)) !== DIGIT) return false;
    if (isHexadecimal(value)) return true;
  }
  return chance > ((kinds & SOLID) === SOLID ? 0 : SURE) && new Set(value).size >= DIFFERENT;
}

/** Longer ones are data. */
function isHexadecimal(value: string): boolean {
  return value.length <= 128 && /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(value);
}

/** Which kinds of characters a text is made of, and how much more its neighbours speak for chance than for words. */
function readingOf(value: string): { readonly kinds: number; readonly chance: number } {
  let [kinds, chance, before, kindBefore] = [0, 0, 0, SIGN];
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    const kind = kindOfCharacter(code);
    kinds |= kind;
    // `aaaa`, `1234` and alphabets are made, but not by chance.
    chance += code === before || code === before + 1 ? NO_CHANGE : chanceOf(before, kindBefore, code, kind);
    before = code;
    kindBefore = kind;
  }
  return { kinds, chance };
}

function chanceOf(before: number, kindBefore: number, code: number, kind: number): number {
  if (((kindBefore | kind) & SOLID) !== (kindBefore | kind)) return 0;
  const pair = ((kindBefore | kind) & DIGIT) === 0 ? chanceOfPair(before, code) : 0;
  return pair + (kindBefore !== kind ? CHANGE : kind === LOWER ? NO_CHANGE : 0);
}

function kindOfCharacter(code: number): number {
  if (code >= 97 && code <= 122) return LOWER;
  if (code >= 65 && code <= 90) return UPPER;
  if (code >= 48 && code <= 57) return DIGIT;
  return code === 43 || code === 45 || code === 47 || code === 95 || code === 61 ? SIGN : FOREIGN;
}
