/** What the script is given beside the page itself: of each finding what the filters ask for. */
export interface PageData {
  readonly tools: readonly string[];
  readonly projects: readonly string[];
  readonly files: readonly string[];
  readonly gates: readonly { readonly id: string; readonly name: string }[];
  /** In the order of the page. */
  readonly findings: readonly FindingRow[];
}

/** A finding; numbers are places in the lists of `PageData`. */
export type FindingRow = readonly [
  tool: number,
  level: number,
  project: number,
  file: number,
  flags: number,
  gates: readonly number[],
];

/** The levels of findings; a row names one by its place. */
export const LEVELS = ["error", "warning", "note"] as const;

/** In the baseline; the tool has a fix that keeps the meaning. */
export const FLAGS = { known: 1, fixable: 2 } as const;
