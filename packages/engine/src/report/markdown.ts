import { oneLine } from "./sanitise.ts";

/** An underscore inside a word is none. */
const MARKUP = /[\\|`*<>[\]]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;

/** A table of Markdown. Columns are aligned in the text as well; those whose head ends in `>` are set right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const titles = head.map((title) => title.replace(/>$/, ""));
  const isRight = head.map((title) => title.endsWith(">"));
  const cells = [titles, ...rows].map((row) => titles.map((_, column) => cell(row[column] ?? "")));
  const widths = titles.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, column) => (isRight[column] === true ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, column) =>
    isRight[column] === true ? `${"-".repeat(width - 1)}:` : "-".repeat(width),
  );
  const [first = [], ...rest] = cells;
  return [line(first), line(rule), ...rest.map(line)].join("\n");
}

/** Text of others as a part of a line of Markdown: one line, and nothing in it is markup. */
export function cell(text: string): string {
  return oneLine(text).replace(MARKUP, (character) => `\\${character}`);
}
