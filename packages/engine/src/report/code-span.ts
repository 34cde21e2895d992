import { oneLine } from "./sanitise.ts";

/**
 * Text of others in a line of Markdown, as code: nothing in it is markup, and no forge makes a mention, a reference, a link
 * or an image of it. At most `most` characters; nothing for an empty text.
 */
export function codeSpan(text: string, most = 300): string {
  const safe = shortened(oneLine(text).trim(), most);
  if (safe === "") return "";
  const runs = [...safe.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  const apart = runs.length > 0 ? " " : "";
  return `${fence}${apart}${safe}${apart}${fence}`;
}

/** The same for a cell of a table, where a `|` would end it even in code: a broken bar stands for it. */
export function codeCell(text: string, most = 120): string {
  return codeSpan(text.replaceAll("|", "¦"), most);
}

/** Never between the two halves of one character. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const isHalf = /[\ud800-\udbff]/.test(text.charAt(most - 1));
  return `${text.slice(0, isHalf ? most - 1 : most)}…`;
}
