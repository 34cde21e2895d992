import { WIDEST, type Look } from "./look.ts";
import { displayWidth, padEnd } from "./width.ts";

/** A line with a label at its right end. */
export interface Entry {
  /** The line as it is printed, styled or not. */
  readonly text: string;
  /** The same without style, to measure. */
  readonly plain: string;
  readonly label: string;
  /** Lines below it, indented already. */
  readonly below: readonly string[];
}

/** Entries with their labels in one column, where they fit, and an empty line between those that have lines below. */
export function entryLines(entries: readonly Entry[], look: Look): string[] {
  const label = entries.reduce((width, entry) => Math.max(width, displayWidth(entry.label)), 0);
  const column = Math.min(look.width, WIDEST) - label;
  return entries.flatMap((entry, index) => {
    const gap = Math.max(2, column - displayWidth(entry.plain));
    const text = `${entry.text}${" ".repeat(gap)}${look.style.dim(entry.label)}`.trimEnd();
    const apart = index > 0 && (entry.below.length > 0 || (entries[index - 1]?.below.length ?? 0) > 0);
    return [...(apart ? [""] : []), text, ...entry.below];
  });
}

/** Columns, each as wide as its widest cell and at least as wide as asked; no spaces at line ends. */
export function tableLines(rows: readonly (readonly string[])[], least: readonly number[]): string[] {
  const widths = least.map((width, column) => Math.max(width, ...rows.map((row) => displayWidth(row[column] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, column) => padEnd(cell, widths[column] ?? 0))
      .join("   ")
      .trimEnd(),
  );
}
