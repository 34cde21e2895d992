import type { Location } from "@symbiotic-build/engine";

/** Where something stands in a document: line and column from 1, columns in UTF-16 code units and without a byte order mark. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** A value with the place where it was read. */
export interface Placed<T> {
  readonly value: T;
  readonly at: Place;
}

/** The start of a document: the place of what is missing in it. */
export const START: Place = { line: 1, column: 1, length: 0 };

/** The place as diagnostics have it. */
export function locationIn(file: string, { line, column, length }: Place): Location {
  return length > 0 ? { file, line, column, length } : { file, line, column };
}

/** `file:line:column`, as people and editors write it. */
export function placeText(file: string, { line, column }: Place): string {
  return `${file}:${String(line)}:${String(column)}`;
}
