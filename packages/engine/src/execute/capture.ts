import { Readable } from "node:stream";
import type { LineBlocks } from "./line-blocks.ts";

const MANY = 1024;

/** What is kept of a stream beside its lines. */
export interface Captured {
  readonly text: () => string;
  /** Whether more came than is handed on. */
  readonly overflowed: () => boolean;
  /** To be called when nothing more can come: a last line may have no end. */
  readonly finish: () => void;
}

/**
 * Hands on the bytes of a stream and keeps all of it, up to so many; of more than that, nothing. A stream that goes to no log
 * is then closed: nobody reads on, and a process that prints without end comes to one.
 */
export function captureAll(stream: NodeJS.ReadableStream | null, log: LineBlocks | undefined, most: number): Captured {
  let chunks: Uint8Array[] = [];
  let size = 0;
  const finish = onChunks(stream, log, (chunk) => {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
    else {
      chunks = [];
      if (log === undefined && stream instanceof Readable) stream.destroy();
    }
  });
  return { text: () => Buffer.concat(chunks).toString("utf8"), overflowed: () => size > most, finish };
}

/** Hands on the bytes of a stream and keeps the last ones, at least `least` of them where there are so many: however much comes, that is all it takes. */
export function captureEnd(stream: NodeJS.ReadableStream | null, log: LineBlocks | undefined, least: number): Captured {
  let kept: Uint8Array[] = [];
  let size = 0;
  const finish = onChunks(stream, log, (chunk) => {
    kept.push(chunk);
    size += chunk.length;
    for (let [first] = kept; first !== undefined && size - first.length >= least; [first] = kept) {
      size -= first.length;
      kept.shift();
    }
    // A program that prints byte by byte leaves many small ones, each of which takes far more than its bytes.
    if (kept.length > MANY) kept = [Buffer.concat(kept)];
  });
  return { text: () => Buffer.concat(kept).toString("utf8"), overflowed: () => false, finish };
}

function onChunks(
  stream: NodeJS.ReadableStream | null,
  log: LineBlocks | undefined,
  keep: (chunk: Uint8Array) => void,
): () => void {
  stream?.on("data", (chunk: Uint8Array) => {
    keep(chunk);
    log?.push(chunk);
  });
  return () => {
    log?.end();
  };
}
