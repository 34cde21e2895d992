import { lineSplitter } from "./lines.ts";

/** What is kept of a stream beside its lines. */
export interface Captured {
  readonly text: () => string;
  /** Whether more came than is handed on. */
  readonly overflowed: () => boolean;
  /** To be called when nothing more can come: a last line may have no end. */
  readonly finish: () => void;
}

/** Hands on the lines of a stream and keeps all of it, up to so many bytes. */
export function captureAll(stream: NodeJS.ReadableStream | null, take: (line: string) => void, most: number): Captured {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const finish = onLines(stream, take, (chunk) => {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  });
  return { text: () => Buffer.concat(chunks).toString("utf8"), overflowed: () => size > most, finish };
}

/** Hands on the lines of a stream and keeps its last bytes, at least `least` of them where there are so many: however much comes, that is all it takes. */
export function captureEnd(
  stream: NodeJS.ReadableStream | null,
  take: (line: string) => void,
  least: number,
): Captured {
  let kept: Uint8Array[] = [];
  let size = 0;
  const finish = onLines(stream, take, (chunk) => {
    kept.push(chunk);
    size += chunk.length;
    if (size < 2 * least) return;
    // Now and then, so that a chunk is not copied again for each that comes after it.
    kept = [Buffer.concat(kept).subarray(-least)];
    size = least;
  });
  return { text: () => Buffer.concat(kept).toString("utf8"), overflowed: () => false, finish };
}

function onLines(
  stream: NodeJS.ReadableStream | null,
  take: (line: string) => void,
  keep: (chunk: Uint8Array) => void,
): () => void {
  const lines = lineSplitter(take);
  stream?.on("data", (chunk: Uint8Array) => {
    keep(chunk);
    lines.push(chunk);
  });
  return () => {
    lines.end();
  };
}
