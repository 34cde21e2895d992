import { closeSync, openSync, writeSync } from "node:fs";
import { countLines, lineBlocks, linesOf, type LineBlocks } from "./line-blocks.ts";
import { createLogTail, type Block, type StreamName } from "./log-tail.ts";
import { skippingRedactor } from "./skipping-redactor.ts";
import { tellLines } from "./tell-lines.ts";

/** How much of a log is kept from its beginning, and as much from its end: whichever of the two is reached first. */
const KEPT = { bytes: 4 * 1024 * 1024, lines: 200_000 };

/** Writes a task's log: whole up to a bound, then its head and tail with a line that says what is left out. */
export interface LogWriter {
  /** Lines that are whole. */
  line(stream: StreamName, text: string): void;
  /** Where the bytes of a process's stream go; each process has its own. */
  open(stream: StreamName): LineBlocks;
  /** What kept it from being written, if anything did: it is then not whole. Throws nothing. */
  close(): unknown;
}

/**
 * Opens the log; throws what the file system throws. Every line passes `redact` of its stream before it goes anywhere: what
 * spans lines spans those of one stream. Lines that are left out are not redacted, so that much output costs little more
 * than to read it.
 */
export function openLog(
  file: string,
  redact: Readonly<Record<StreamName, (line: string) => string>>,
  tell: (stream: StreamName, line: string) => void,
): LogWriter {
  const out = createFile(file);
  const redactors = { stdout: skippingRedactor(redact.stdout), stderr: skippingRedactor(redact.stderr) };
  const teller = tellLines(tell);
  const tail = createLogTail(KEPT, ({ stream, bytes }) => redactors[stream].skip(bytes));
  const head = { bytes: 0, lines: 0 };
  const show = ({ stream, bytes }: Block): void => {
    const lines = linesOf(bytes).map((line) => redactors[stream].line(line));
    for (const line of lines) teller.take(stream, line);
    out.write(`${lines.join("\n")}\n`);
  };
  const take = (block: Block): void => {
    if (head.bytes >= KEPT.bytes || head.lines >= KEPT.lines) tail.add(block);
    else {
      head.bytes += block.bytes.length;
      head.lines += countLines(block.bytes);
      show(block);
    }
  };
  return {
    open: (stream) => lineBlocks((bytes) => take({ stream, bytes })),
    line(stream, text) {
      take({ stream, bytes: Buffer.from(`${text}\n`) });
    },
    close() {
      const leftOut = tail.leftOut();
      if (leftOut > 0) out.write(`[${String(leftOut)} lines left out]\n`);
      teller.skip(leftOut);
      for (const block of tail.blocks()) show(block);
      teller.close();
      return out.close();
    },
  };
}

/** A disk that is full is no reason to stop reading what the task prints: it would wait for ever. */
function createFile(file: string): { readonly write: (text: string) => void; readonly close: () => unknown } {
  const descriptor = openSync(file, "w", 0o600);
  let problem: unknown;
  return {
    write(text) {
      if (problem !== undefined) return;
      const bytes = Buffer.from(text);
      try {
        if (writeSync(descriptor, bytes) < bytes.length) problem = new Error("the disk took only a part of it");
      } catch (error) {
        problem = error;
      }
    },
    close() {
      closeSync(descriptor);
      return problem;
    },
  };
}
