import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";

const BLOCK = 64 * 1024;
const LINE_BREAK = 0x0a;

/** The end of a file of lines. */
export interface Tail {
  /** The last line that has its line break, without it. */
  readonly last: string | undefined;
  /** What stands behind it. */
  readonly rest: Buffer;
}

/** A file of lines, open to read and to write. Every function throws what the file system throws. */
export interface LogFile extends Disposable {
  tail(): Tail;
  /** Takes away what stands behind the last line break. */
  dropRest(rest: Buffer): void;
  /** Writes at the end; with `durable` it survives the end of the machine. */
  append(text: string, durability?: "durable"): void;
}

/** Opens the file, and makes it where it is not there: nobody else may read it. */
export function openLogFile(file: string): LogFile {
  const handle = openSync(file, "a+", 0o600);
  return {
    tail: () => tailOf(handle),
    dropRest: (rest) => ftruncateSync(handle, fstatSync(handle).size - rest.length),
    append(text, durability) {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      if (durability === "durable") fsyncSync(handle);
    },
    [Symbol.dispose]: () => {
      closeSync(handle);
    },
  };
}

function tailOf(handle: number): Tail {
  const { size } = fstatSync(handle);
  let bytes = Buffer.alloc(0);
  for (let from = size; from > 0; ) {
    const length = Math.min(BLOCK, from);
    from -= length;
    const block = Buffer.alloc(length);
    readSync(handle, block, 0, length, from);
    bytes = Buffer.concat([block, bytes]);
    const end = bytes.lastIndexOf(LINE_BREAK);
    const start = end < 1 ? -1 : bytes.lastIndexOf(LINE_BREAK, end - 1);
    if (end >= 0 && (start >= 0 || from === 0)) {
      return { last: bytes.toString("utf8", start + 1, end), rest: bytes.subarray(end + 1) };
    }
  }
  return { last: undefined, rest: bytes };
}

/** Calls `take` with each line of a file that has its line break; gives what stands behind the last one. Throws what the file system throws. */
export function readLines(file: string, take: (line: string) => void): Buffer {
  const handle = openSync(file, "r");
  try {
    let rest = Buffer.alloc(0);
    const block = Buffer.alloc(BLOCK);
    for (let length = readSync(handle, block); length > 0; length = readSync(handle, block)) {
      const bytes = Buffer.concat([rest, block.subarray(0, length)]);
      let start = 0;
      for (let end = bytes.indexOf(LINE_BREAK); end >= 0; end = bytes.indexOf(LINE_BREAK, start)) {
        take(bytes.toString("utf8", start, end));
        start = end + 1;
      }
      rest = bytes.subarray(start);
    }
    return rest;
  } finally {
    closeSync(handle);
  }
}
