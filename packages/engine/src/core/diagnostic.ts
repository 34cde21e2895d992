/** A place in a file. Lines and columns count from 1, columns in UTF-16 code units. */
export interface Location {
  /** Relative to the repository root where it lies inside, else absolute. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** How many characters the trouble spans, for the marker under the line. */
  readonly length?: number;
}

/** Something that a person must know: what, where, and what to do. Codes are stable and explained in docs/errors.md. */
export interface Diagnostic {
  readonly severity: "error" | "warning" | "info";
  /** `SYM` and four digits; the first digit is the stage (see docs/errors.md). */
  readonly code: string;
  readonly message: string;
  readonly location?: Location;
  /** The text of the line at `location`, where it was at hand. */
  readonly excerpt?: string;
  /** What to do about it, one sentence. */
  readonly hint?: string;
  /** Further facts, a line each. */
  readonly notes?: readonly string[];
}

/** An error with the usual shape; `more` adds the place and the way out. */
export function errorOf(
  code: string,
  message: string,
  more: Omit<Diagnostic, "severity" | "code" | "message"> = {},
): Diagnostic {
  return { severity: "error", code, message, ...more };
}

/** A warning with the usual shape. */
export function warningOf(
  code: string,
  message: string,
  more: Omit<Diagnostic, "severity" | "code" | "message"> = {},
): Diagnostic {
  return { severity: "warning", code, message, ...more };
}
