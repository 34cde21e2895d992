import type { StreamName } from "./log-tail.ts";

/** Lines of a task that are told as they come, and how many characters at most. */
const FIRST = 10_000;
const FIRST_SIZE = 2 * 1024 * 1024;
/** Lines that are told of the end of a task that prints more, and how many characters at most. */
const LAST = 200;
const LAST_SIZE = 256 * 1024;

/** Tells lines to whoever watches: so many that the first and the last of them can be shown, and never more. */
export interface LineTeller {
  take(stream: StreamName, line: string): void;
  /** Goes past lines that are not told. */
  skip(count: number): void;
  /** To be called when nothing more comes: tells the end of what was too much. */
  close(): void;
}

/** A teller of one task's lines. */
export function tellLines(tell: (stream: StreamName, line: string) => void): LineTeller {
  let [told, size, lastSize, untold] = [0, 0, 0, 0];
  let last: { readonly stream: StreamName; readonly line: string }[] = [];
  const keep = (stream: StreamName, line: string): void => {
    last.push({ stream, line });
    lastSize += line.length;
    for (; last.length > LAST || (lastSize > LAST_SIZE && last.length > 1); untold += 1)
      lastSize -= last.shift()?.line.length ?? 0;
  };
  return {
    take(stream, line) {
      // Once something is held back, what comes after it is, too.
      if (told >= FIRST || size + line.length > FIRST_SIZE || last.length > 0) keep(stream, line);
      else {
        told += 1;
        size += line.length;
        tell(stream, line);
      }
    },
    skip(count) {
      untold += count;
    },
    close() {
      if (untold > 0) tell("stdout", `[${String(untold)} lines not shown]`);
      for (const { stream, line } of last) tell(stream, line);
      last = [];
    },
  };
}
