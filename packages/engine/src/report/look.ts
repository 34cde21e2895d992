import type { Style } from "./style.ts";

/** How text for people is laid out. */
export interface Look {
  readonly style: Style;
  /** How many columns a line has. */
  readonly width: number;
}

/** Lines are laid out for at most this many columns: wider ones are harder to read. */
export const WIDEST = 100;

/** Where the terminal's width is not known. */
export const DEFAULT_WIDTH = 100;
