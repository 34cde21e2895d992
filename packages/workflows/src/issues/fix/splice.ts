/** What is put into a text in place of the characters from `start` to `end`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with a splice made; all else stays as it is. */
export function spliced(text: string, { start, end, text: put }: Splice): string {
  return text.slice(0, start) + put + text.slice(end);
}
