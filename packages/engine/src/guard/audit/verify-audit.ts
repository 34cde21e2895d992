import { warningOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { errorCode } from "../../fingerprint/files/file-stat.ts";
import { auditChain } from "./audit-chain.ts";
import { AUDIT_FILE, badLine, goneEnd, readHead, unusable, type AuditPlace } from "./audit-place.ts";
import { readLines } from "./log-file.ts";

/** What a whole log holds. */
export interface AuditReport {
  readonly entries: number;
  /** The last line's hash; undefined in an empty log. Whoever has noted it elsewhere knows that nothing before was changed. */
  readonly head?: string;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Whether each line of the log is what was written and follows from the one before it, and whether the last one that is known
 * of is there. Fails with the first line that does not. A torn last line is a warning. No log is an empty one.
 */
export function verifyAudit(place: AuditPlace): Result<AuditReport, Diagnostic> {
  // First: others may write while the lines are read.
  const head = readHead(place);
  const chain = auditChain();
  let [lines, bad] = [0, undefined as Diagnostic | undefined];
  let rest = 0;
  try {
    const left = readLines(place.file, (line) => {
      lines += 1;
      const why = bad === undefined ? chain.take(line) : undefined;
      if (why !== undefined) bad = badLine(place, lines, why);
    });
    rest = left.length;
    // All of it but its line break: the next entry adds that.
    if (rest > 0 && bad === undefined && chain.take(left.toString("utf8")) === undefined) rest = 0;
  } catch (thrown) {
    if (errorCode(thrown) !== "ENOENT") return fail(unusable(place, thrown));
  }
  if (bad !== undefined) return fail(bad);
  const last = chain.last();
  const gone = goneEnd(place, head, last && { seq: last.entry.seq, hash: last.hash });
  if (gone !== undefined) return fail(gone);
  const warnings = rest === 0 ? [] : [tornEnd(place, lines + 1, rest)];
  return ok({ entries: last?.entry.seq ?? 0, ...(last && { head: last.hash }), warnings });
}

function tornEnd({ file }: AuditPlace, line: number, bytes: number): Diagnostic {
  return warningOf("SYM5042", `the last line of ${AUDIT_FILE} is not whole (${String(bytes)} bytes)`, {
    location: { file, line },
    hint: "the next entry sets it aside and says so",
  });
}
