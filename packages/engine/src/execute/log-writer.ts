import { closeSync, openSync, writeSync } from "node:fs";

/** Bytes of a log that are kept from its beginning, and as many from its end. */
const KEPT = 4 * 1024 * 1024;
/** Lines of a task that are told to the main process. */
const TOLD = 10_000;

/** Writes a task's log: whole up to a bound, then its head and tail with a line that says what is left out. */
export interface LogWriter {
  line(stream: "stdout" | "stderr", line: string): void;
  /** What kept it from being written, if anything did: it is then not whole. Throws nothing. */
  close(): unknown;
}

/** Opens the log; throws what the file system throws. Every line passes `redact` of its stream before it goes anywhere: what spans lines spans those of one stream. */
export function openLog(
  file: string,
  redact: Readonly<Record<"stdout" | "stderr", (line: string) => string>>,
  tell: (stream: "stdout" | "stderr", line: string) => void,
): LogWriter {
  const descriptor = openSync(file, "w", 0o600);
  let written = 0;
  let told = 0;
  let leftOut = 0;
  let tail: string[] = [];
  let first = 0;
  let tailSize = 0;
  let problem: unknown;
  // A disk that is full is no reason to stop reading what the task prints: it would wait for ever.
  const write = (text: string): number => {
    if (problem !== undefined) return 0;
    const bytes = Buffer.from(text);
    try {
      const count = writeSync(descriptor, bytes);
      if (count < bytes.length) problem = new Error("the disk took only a part of it");
      return count;
    } catch (error) {
      problem = error;
      return 0;
    }
  };
  return {
    line(stream, raw) {
      const line = redact[stream](raw);
      if (told < TOLD) tell(stream, line);
      told += 1;
      if (written < KEPT) {
        written += write(`${line}\n`);
        return;
      }
      tail.push(line);
      tailSize += line.length + 1;
      for (; tailSize > KEPT && first < tail.length - 1; first += 1) {
        tailSize -= (tail[first]?.length ?? 0) + 1;
        leftOut += 1;
      }
      // Many at once: to take the first away moves all the others.
      if (first > tail.length / 2) [tail, first] = [tail.slice(first), 0];
    },
    close() {
      if (leftOut > 0) write(`[${String(leftOut)} lines left out]\n`);
      if (tail.length > 0) write(`${tail.slice(first).join("\n")}\n`);
      closeSync(descriptor);
      return problem;
    },
  };
}
