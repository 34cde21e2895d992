import type { StreamName } from "./reporter.ts";

/** Prints lines; what it prints is text for people. */
export type Print = (stream: StreamName, lines: readonly string[]) => void;

/** Prints blocks of lines with an empty line between two of them. */
export class Printer {
  readonly #print: Print;
  #isFirst = true;

  constructor(print: Print) {
    this.#print = print;
  }

  /** A block of its own; no lines print nothing. */
  block(stream: StreamName, lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#print(stream, this.#isFirst ? lines : ["", ...lines]);
    this.#isFirst = false;
  }

  /** More lines of the block before. */
  more(stream: StreamName, lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#print(stream, lines);
    this.#isFirst = false;
  }
}
