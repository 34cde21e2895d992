/**
 * The words of a command line, quotes and backslashes read as a shell reads them; nothing is expanded. Undefined where a
 * quote is not closed or the line ends in a backslash.
 */
export function splitWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; ) {
    const part = partAt(line, at);
    if (part === undefined) return undefined;
    if (part.isGap) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + part.text;
    at += part.length;
  }
  return word === undefined ? words : [...words, word];
}

interface Part {
  readonly text: string;
  /** How much of the line it takes. */
  readonly length: number;
  readonly isGap: boolean;
}

/** White space, a quoted text, an escaped character, or a run of plain ones. */
function partAt(line: string, at: number): Part | undefined {
  const rest = line.slice(at);
  const gap = /^[ \t\r\n]+/.exec(rest);
  if (gap !== null) return { text: "", length: gap[0].length, isGap: true };
  const single = /^'([^']*)'/.exec(rest);
  if (single !== null) return { text: single[1] ?? "", length: single[0].length, isGap: false };
  const double = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(rest);
  if (double !== null)
    return { text: (double[1] ?? "").replace(/\\(["\\])/g, "$1"), length: double[0].length, isGap: false };
  const escaped = /^\\([\s\S])/.exec(rest);
  if (escaped !== null) return { text: escaped[1] ?? "", length: 2, isGap: false };
  const plain = /^[^ \t\r\n'"\\]+/.exec(rest);
  return plain === null ? undefined : { text: plain[0], length: plain[0].length, isGap: false };
}
