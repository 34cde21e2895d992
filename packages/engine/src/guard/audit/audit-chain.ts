import { decodeEntry, NOTHING_BEFORE, type ReadEntry } from "./audit-entry.ts";

/** Reads the lines of a log in order and says of each whether it follows from those before it. */
export interface AuditChain {
  /** What is wrong with the next line, in words; undefined: it follows. */
  take(line: string): string | undefined;
  /** The last entry that followed. */
  last(): ReadEntry | undefined;
}

/** A chain that begins at the first line of a log, or behind an entry. */
export function auditChain(after?: ReadEntry): AuditChain {
  let last = after;
  return {
    take(line) {
      const read = decodeEntry(line);
      if (read === undefined) return "it is not what was written";
      if (read.entry.prev !== (last?.hash ?? NOTHING_BEFORE)) return "it does not follow from the line before it";
      if (read.entry.seq !== (last?.entry.seq ?? 0) + 1) return "its number is not the next one";
      last = read;
      return undefined;
    },
    last: () => last,
  };
}
