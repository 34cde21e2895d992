import { countWords } from "../../core/dist/index.js";

/** The words of a text with their numbers, the most frequent first. */
export function table(text) {
  const rows = [...countWords(text)].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return rows.map(([word, count]) => `${count} ${word}`).join("\n");
}
