import { closeSync, openSync, writeSync } from "node:fs";

/** Bytes of a log that are kept from its beginning, and as many from its end. */
const KEPT = 4 * 1024 * 1024;
/** Lines of a task that are told to the main process. */
const TOLD = 10_000;

/** Writes a task's log: whole up to a bound, then its head and tail with a line that says what is left out. */
export interface LogWriter {
  line(stream: "stdout" | "stderr", line: string): void;
  close(): void;
}

/** Opens the log. Every line passes `redact` of its stream before it goes anywhere: what spans lines spans those of one stream. */
export function openLog(
  file: string,
  redact: Readonly<Record<"stdout" | "stderr", (line: string) => string>>,
  tell: (stream: "stdout" | "stderr", line: string) => void,
): LogWriter {
  const descriptor = openSync(file, "w", 0o600);
  let written = 0;
  let told = 0;
  let leftOut = 0;
  const tail: string[] = [];
  let tailSize = 0;
  return {
    line(stream, raw) {
      const line = redact[stream](raw);
      if (told < TOLD) tell(stream, line);
      told += 1;
      if (written < KEPT) {
        written += writeSync(descriptor, `${line}\n`);
        return;
      }
      tail.push(line);
      tailSize += line.length + 1;
      while (tailSize > KEPT && tail.length > 1) {
        tailSize -= (tail.shift()?.length ?? 0) + 1;
        leftOut += 1;
      }
    },
    close() {
      if (leftOut > 0) writeSync(descriptor, `[${String(leftOut)} lines left out]\n`);
      if (tail.length > 0) writeSync(descriptor, `${tail.join("\n")}\n`);
      closeSync(descriptor);
    },
  };
}
