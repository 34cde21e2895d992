import { StringDecoder } from "node:string_decoder";

/** A line longer than this is cut into several, so that a program that prints no newline cannot fill the memory. */
const LONGEST = 64 * 1024;

/** Cuts a stream of bytes into lines, across chunks and across characters of several bytes. */
export function lineSplitter(take: (line: string) => void): {
  readonly push: (chunk: Uint8Array) => void;
  readonly end: () => void;
} {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  const cut = (text: string): void => {
    const parts = (rest + text).split(/\r?\n/);
    rest = parts.pop() ?? "";
    for (const part of parts) take(part);
    while (rest.length > LONGEST) {
      take(rest.slice(0, LONGEST));
      rest = rest.slice(LONGEST);
    }
  };
  return {
    push: (chunk) => {
      cut(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)));
    },
    end: () => {
      cut(decoder.end());
      if (rest !== "") take(rest);
      rest = "";
    },
  };
}
