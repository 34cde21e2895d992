import { closeSync, openSync, readFileSync } from "node:fs";
import { errorCode } from "../fingerprint/files/file-stat.ts";
import { writeAtomically } from "../fingerprint/files/write-atomically.ts";
import { encodeFrame, type Frame, frameText, parseFrame, scanFrames } from "./frame.ts";
import { appendTo } from "./frame-file.ts";

/** A frame that was read and checked. */
export interface CheckedFrame extends Frame {
  readonly value: unknown;
}

/**
 * Rewrites a file of frames with only those that `choose` gives back, in its order; gives how many lines went. Others may
 * read and append meanwhile and lose nothing; only one process may compact. Throws what the file system throws, with all
 * frames still there.
 */
export function compactFrames(file: string, choose: (frames: readonly CheckedFrame[]) => readonly Frame[]): number {
  const handle = openIfThere(file);
  if (handle === undefined) return 0;
  try {
    const bytes = readFileSync(handle);
    const { frames, lines } = readFrames(bytes);
    const kept = choose(frames);
    if (kept.length === lines) return 0;
    writeAtomically(file, Buffer.concat(kept.map(encodeFrame)));
    // What came in between the reading and the replacing is still behind the open handle.
    const grown = readFileSync(handle);
    if (grown.length > 0) appendTo(file, grown);
    return lines - kept.length;
  } finally {
    closeSync(handle);
  }
}

/** All frames of a file that are whole, and how many lines it has with those that are not. */
export function readFrames(bytes: Buffer): { readonly frames: readonly CheckedFrame[]; readonly lines: number } {
  const frames: CheckedFrame[] = [];
  let lines = 0;
  const scan = scanFrames(frameText(bytes), 0, (_, ref) => {
    lines += 1;
    const parsed = parseFrame(ref);
    if (parsed !== undefined) frames.push({ ...parsed, json: JSON.stringify(parsed.value) });
  });
  return { frames, lines: lines + scan.damaged + scan.foreign };
}

function openIfThere(file: string): number | undefined {
  try {
    return openSync(file, "r");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
