/** Splits as a POSIX shell would: white space between words, quotes and backslashes. An unclosed quote reaches to the end. */
export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  const part = /'([^']*)'?|"((?:\\[\s\S]|[^"\\])*)"?|\\([\s\S])|([^\s'"\\]+)|(\s+)/gu;
  let word: string | undefined;
  for (const [, single, double, escaped, plain, space] of text.matchAll(part)) {
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + (single ?? double?.replace(/\\(["\\])/g, "$1") ?? escaped ?? plain ?? "");
    }
  }
  return word === undefined ? words : [...words, word];
}

/** The words of a setting that is either a text or a list of them. */
export function wordsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return shellWords(value);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The items of a list of coverage.py: one a line, or with commas between. */
export function itemsOf(value: unknown): readonly string[] {
  const texts = Array.isArray(value)
    ? value.filter((item) => typeof item === "string")
    : typeof value === "string"
      ? [value]
      : [];
  return texts
    .flatMap((text) => text.split(/[,\n]/))
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
