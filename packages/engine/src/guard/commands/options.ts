/** Which options of a program take a value, and which none; words apart by spaces. */
export interface KnownOptions {
  readonly flags: string;
  readonly values: string;
}

/** The words behind the options; undefined where an option is not known, since its value could be taken for a program. */
export function behindOptions(
  words: readonly string[],
  { flags, values }: KnownOptions,
): readonly string[] | undefined {
  const [none, one] = [new Set(flags.split(" ")), new Set(values.split(" "))];
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? "";
    if (word === "--") return words.slice(at + 1);
    if (!word.startsWith("-") || word === "-") break;
    const length = lengthOf(word, none, one);
    if (length === 0) return undefined;
    at += length;
  }
  return words.slice(at);
}

/** How many words an option is with its value; 0: it is not known. */
function lengthOf(word: string, none: ReadonlySet<string>, one: ReadonlySet<string>): number {
  if (none.has(word)) return 1;
  if (one.has(word)) return 2;
  if (word.startsWith("--")) return one.has(word.split("=", 1)[0] ?? "") && word.includes("=") ? 1 : 0;
  // Several in one word: only the last may have a value, there or in the next word.
  for (let index = 1; index < word.length; index += 1) {
    const option = `-${word.charAt(index)}`;
    if (one.has(option)) return index === word.length - 1 ? 2 : 1;
    if (!none.has(option)) return 0;
  }
  return 1;
}
