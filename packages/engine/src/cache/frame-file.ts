import { closeSync, fstatSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { errorCode } from "../fingerprint/files/file-stat.ts";
import { withFolder } from "../fingerprint/files/write-atomically.ts";
import { encodeFrame, type Frame, type FrameRef, frameText, scanFrames } from "./frame.ts";

/** Takes each frame of a file in the order in which they were appended. */
export type TakeFrame = (name: string, ref: FrameRef) => void;

/** What a bulk read passed over. */
export interface Skipped {
  readonly damaged: number;
  readonly foreign: number;
}

/** An append-only file of frames, shared by processes: each sees what the others append when it reads again. */
export interface FrameFile {
  /**
   * Hands on the frames appended since the last read; all of them, after a call of `reset`, where the file has been
   * replaced. A file that does not exist is empty. Throws what else the file system throws.
   */
  read(take: TakeFrame, reset: () => void): Skipped;
  /** Appends a frame in one write, so that several processes can append at once. Throws what the file system throws. */
  append(frame: Frame): void;
}

/** The file of frames at this path, which need not exist. */
export function openFrameFile(file: string): FrameFile {
  let seen: Reach = { ino: 0, size: 0, end: 0 };
  return {
    read(take, reset) {
      const { ino, size } = stateOf(file);
      if (seen.ino !== 0 && (ino !== seen.ino || size < seen.size)) {
        seen = { ino: 0, size: 0, end: 0 };
        reset();
      }
      if (size === seen.size) return { damaged: 0, foreign: 0 };
      const text = frameText(bytesOf(file));
      const { end, ...skipped } = scanFrames(text, seen.end, take);
      seen = { ino, size: text.length, end };
      return skipped;
    },
    append: (frame) => appendTo(file, encodeFrame(frame)),
  };
}

/** How much of a file has been seen, and how much of that was complete lines. */
interface Reach {
  readonly ino: number;
  readonly size: number;
  readonly end: number;
}

/** Appends frames that are encoded already. Throws what the file system throws. */
export function appendTo(file: string, bytes: Uint8Array, attempts = 3): void {
  const handle = withFolder(dirname(file), () => openSync(file, "a"));
  let isReplaced: boolean;
  try {
    // A part of a frame is dead weight and no more: a reader passes over it.
    if (writeSync(handle, bytes) !== bytes.length) throw new Error("the disk took only a part of a record");
    isReplaced = fstatSync(handle).nlink === 0;
  } finally {
    closeSync(handle);
  }
  // A compaction put another file in its place before this frame was in it.
  if (isReplaced && attempts > 1) appendTo(file, bytes, attempts - 1);
}

function stateOf(file: string): { readonly ino: number; readonly size: number } {
  return statSync(file, { throwIfNoEntry: false }) ?? { ino: 0, size: 0 };
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}
