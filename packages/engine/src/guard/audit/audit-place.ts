import { readFileSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { writeAtomically } from "../../fingerprint/files/write-atomically.ts";

/** The name of the log in the root of the main work tree. */
export const AUDIT_FILE = ".ai-audit.jsonl";

/** Where a log is kept. */
export interface AuditPlace {
  /** The log, absolute. */
  readonly file: string;
  /** A folder out of agents' reach, absolute: for locks, torn lines, and what the last entry is. */
  readonly folder: string;
}

/** The last entry that was written, as it is known beside the log: so that it shows when the end of the log is gone. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** What is known beside the log; undefined where nothing is. */
export function readHead({ folder }: AuditPlace): Head | undefined {
  try {
    const { seq, hash } = JSON.parse(readFileSync(join(folder, "head.json"), "utf8")) as Partial<Head>;
    return typeof seq === "number" && typeof hash === "string" ? { seq, hash } : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what the last entry is. Throws what the file system throws. */
export function writeHead({ folder }: AuditPlace, head: Head): void {
  writeAtomically(join(folder, "head.json"), JSON.stringify(head));
}

/** That the end of a log is gone, given what is known of it and what is there; undefined where it is there. */
export function goneEnd(place: AuditPlace, head: Head | undefined, last: Head | undefined): Diagnostic | undefined {
  const have = last?.seq ?? 0;
  const isThere = head === undefined || head.seq < have || (head.seq === have && head.hash === last?.hash);
  if (isThere) return undefined;
  const what =
    head.seq === have ? "the last entry is another one" : `${String(head.seq - have)} entries at its end are gone`;
  return errorOf("SYM5043", `${AUDIT_FILE}: ${what}`, {
    location: { file: place.file },
    hint: "find out who changed it; moved away with .symbiotic/audit it gives way to a new log",
  });
}

/** That the log, or its folder, cannot be used. */
export function unusable(place: AuditPlace, thrown: unknown): Diagnostic {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return errorOf("SYM5040", `the audit log cannot be read or written: ${why}`, {
    location: { file: place.file },
    hint: "check the disk and the permissions of the log and of .symbiotic",
  });
}

/** That a line of the log is not what was written. */
export function badLine(place: AuditPlace, line: number | undefined, why: string): Diagnostic {
  const where = line === undefined ? "the last line" : `line ${String(line)}`;
  return errorOf("SYM5041", `${where} of ${AUDIT_FILE} cannot be trusted: ${why}`, {
    location: { file: place.file, ...(line === undefined ? {} : { line }) },
    hint: "find out who changed it; moved away with .symbiotic/audit it gives way to a new log",
  });
}
