import { fstatSync, writeSync } from "node:fs";
import { errorCode } from "../fingerprint/files/file-stat.ts";
import type { Write } from "../report/reporter.ts";

type Stream = Parameters<Write>[0];

const DESCRIPTORS: Readonly<Record<Stream, number>> = { stdout: 1, stderr: 2 };

/** Whether a stream may be a terminal; asking Node makes the stream, which takes longer than all that is written to it. */
export function isTerminal(stream: Stream): boolean {
  return isDevice(DESCRIPTORS[stream]) && process[stream].isTTY;
}

/** Writes at once and in order; a reader that goes away early (`| head`) is no error. */
export function createWrite(): Write {
  const writes = { stdout: writeTo("stdout"), stderr: writeTo("stderr") };
  return (stream, text) => {
    writes[stream](text);
  };
}

/** Without the stream of Node's where the system takes all at once: into files and pipes. */
function writeTo(stream: Stream): (text: string) => void {
  let isDirect = process.platform !== "win32" && !isDevice(DESCRIPTORS[stream]);
  let isMade = false;
  return (text) => {
    const left = isDirect ? rest(DESCRIPTORS[stream], text) : text;
    if (left.length === 0) return;
    isDirect = false;
    if (!isMade) process[stream].on("error", () => undefined);
    isMade = true;
    process[stream].write(left);
  };
}

/** What of a text could not be written: of a pipe that is full nobody waits here. */
function rest(descriptor: number, text: string): string | Uint8Array {
  const bytes = Buffer.from(text);
  let at = 0;
  try {
    while (at < bytes.length) at += writeSync(descriptor, bytes, at);
  } catch (error) {
    if (errorCode(error) === "EPIPE") return "";
    return bytes.subarray(at);
  }
  return "";
}

function isDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // A descriptor that is closed: Node's own stream knows what to do then.
    return true;
  }
}
