/** A line longer than this many bytes is cut into several, so that a program that prints no line end cannot fill the memory. */
const LONGEST = 64 * 1024;
const NEWLINE = 10;
const RETURN = 13;

/** Takes a stream of bytes as it comes. */
export interface LineBlocks {
  push(chunk: Uint8Array): void;
  /** Nothing more comes: a last line may have no end. */
  end(): void;
}

/**
 * Cuts a stream of bytes into blocks of whole lines, each of which ends in a line end; nothing is decoded, and never more than
 * a line is held back, which is cut where it is longer than `longest` bytes.
 */
export function lineBlocks(take: (block: Buffer) => void, longest: number = LONGEST): LineBlocks {
  let rest: Buffer[] = [];
  let size = 0;
  const keep = (bytes: Buffer): void => {
    if (bytes.length > 0) rest.push(bytes);
    size += bytes.length;
    if (size <= longest) return;
    let long = Buffer.concat(rest);
    for (; long.length > longest; long = long.subarray(cutOf(long, longest)))
      take(ended(long.subarray(0, cutOf(long, longest))));
    [rest, size] = [[long], long.length];
  };
  const give = (bytes: Buffer): void => {
    take(rest.length === 0 ? bytes : Buffer.concat([...rest, bytes]));
    [rest, size] = [[], 0];
  };
  return {
    push(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      if (end > 0) give(bytes.subarray(0, end));
      keep(bytes.subarray(end));
    },
    end() {
      if (size > 0) give(Buffer.of(NEWLINE));
    },
  };
}

/** The lines of a block, without their ends. */
export function linesOf(block: Buffer): readonly string[] {
  const text = block.toString("utf8");
  const lines = text.includes("\r\n") ? text.split(/\r?\n/) : text.split("\n");
  return lines.slice(0, -1);
}

/** How many lines a block has. */
export function countLines(block: Buffer): number {
  let count = 0;
  // Not by `indexOf`: a call for each of many short lines costs more than to look at every byte.
  for (let at = 0; at < block.length; at += 1) if (block[at] === NEWLINE) count += 1;
  return count;
}

function ended(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.of(NEWLINE)]);
}

/** Where a line that is too long is cut: neither within a character nor within a line end. */
function cutOf(bytes: Buffer, longest: number): number {
  let at = longest;
  while (at > longest - 3 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return bytes[at - 1] === RETURN ? at - 1 : at;
}
