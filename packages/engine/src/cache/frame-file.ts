import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
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
  let seen: Reach = NO_FILE;
  return {
    read: (take, reset) =>
      withOpen(file, (handle) => {
        const { ino, size } = handle === undefined ? NO_FILE : fstatSync(handle);
        if (seen.ino !== 0 && (ino !== seen.ino || size < seen.size)) {
          seen = NO_FILE;
          reset();
        }
        if (handle === undefined || size === seen.size) return { damaged: 0, foreign: 0 };
        // Only what is new is read, and kept: a file that grows all the time is read often.
        const text = frameText(bytesFrom(handle, seen.end, size));
        const { end, ...skipped } = scanFrames(text, 0, take);
        seen = { ino, size: seen.end + text.length, end: seen.end + end };
        return skipped;
      }),
    append: (frame) => appendTo(file, encodeFrame(frame)),
  };
}

/** How much of a file has been seen, and how much of that was complete lines. */
interface Reach {
  readonly ino: number;
  readonly size: number;
  readonly end: number;
}

const NO_FILE: Reach = { ino: 0, size: 0, end: 0 };

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

/** The last bytes of a file, at most so many; none of one that does not exist. Throws what else the file system throws. */
export function readEnd(file: string, length: number): Buffer {
  return withOpen(file, (handle) => {
    if (handle === undefined) return Buffer.alloc(0);
    const { size } = fstatSync(handle);
    return bytesFrom(handle, Math.max(0, size - length), size);
  });
}

/** Hands on the open file; `undefined` for one that does not exist. */
function withOpen<T>(file: string, use: (handle: number | undefined) => T): T {
  let handle: number;
  try {
    handle = openSync(file, "r");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return use(undefined);
    throw error;
  }
  try {
    return use(handle);
  } finally {
    closeSync(handle);
  }
}

function bytesFrom(handle: number, start: number, end: number): Buffer {
  const bytes = Buffer.allocUnsafe(end - start);
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes.length; length += read)
    read = readSync(handle, bytes, length, bytes.length - length, start + length);
  return bytes.subarray(0, length);
}
