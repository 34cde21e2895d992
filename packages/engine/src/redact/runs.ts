/** Which characters of the first 128 belong to a set. */
export type CharacterSet = Uint8Array;

/** The set of these characters. */
export function characterSet(characters: string): CharacterSet {
  const set = new Uint8Array(128);
  for (const character of characters) set[character.charCodeAt(0)] = 1;
  return set;
}

const WORD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
/** What tokens are made of. */
export const TOKEN: CharacterSet = characterSet(WORD);
/** What base64 and its like are made of, without what fills it up. */
export const BASE64: CharacterSet = characterSet(`${WORD}+/`);

/** Where a stretch of a text begins and ends. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/**
 * The next stretch, from `from` on, of at least `least` characters of a set, as long as it is. Where there is none, only
 * every `least`-th character is looked at.
 */
export function nextRun(text: string, from: number, least: number, set: CharacterSet): Run | undefined {
  let start = from;
  for (let at = from + least - 1; at < text.length; ) {
    let back = at;
    while (back >= start && set[text.charCodeAt(back)] === 1) back -= 1;
    if (back < start) {
      let end = at + 1;
      while (end < text.length && set[text.charCodeAt(end)] === 1) end += 1;
      return { start, end };
    }
    start = back + 1;
    at = start + least - 1;
  }
  return undefined;
}
