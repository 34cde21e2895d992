import { hash } from "node:crypto";
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { openLocks, type Lock } from "../../cache/lock.ts";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { canonicalJson, type JsonValue } from "../../core/json.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { makeFolder } from "../../fingerprint/files/make-folder.ts";
import { writeAtomically } from "../../fingerprint/files/write-atomically.ts";
import type { Redactor } from "../../redact/redact.ts";
import { decodeEntry, encodeEntry, entryHash, NOTHING_BEFORE } from "./audit-entry.ts";
import type { AuditEntry, AuditEvent, ReadEntry, TornLine } from "./audit-entry.ts";
import { badLine, goneEnd, readHead, unusable, writeHead, type AuditPlace } from "./audit-place.ts";
import { openLogFile, readLines, type LogFile } from "./log-file.ts";

const KEY = "audit";
const PATIENCE_MS = 30_000;
/** More of one entry nobody reads. */
const MOST_CHARACTERS = 1024 * 1024;

/** The log of what agents did. Any number of processes may write to it at once: each line follows from the one before it. */
export interface AuditLog {
  /** Writes an entry; it is in the file when this resolves. */
  append(event: AuditEvent): Promise<Result<AuditEntry, Diagnostic>>;
  /** Writes the entry that ends a run, with how many entries of the run stand before it; it survives the end of the machine. */
  closeRun(run: string, data?: Readonly<Record<string, JsonValue>>): Promise<Result<AuditEntry, Diagnostic>>;
}

/** What a log needs. */
export interface AuditParts extends AuditPlace {
  readonly redactor: Pick<Redactor, "deep">;
  /** What time it is, ISO 8601, UTC. */
  readonly now: () => string;
}

/** Opens the log. Nothing is made before the first entry. */
export function openAudit(parts: AuditParts): AuditLog {
  return {
    append: (event) => locked(parts, () => write(parts, event)),
    closeRun: (run, data = {}) =>
      locked(parts, () => write(parts, { event: "run", run, data: { ...data, ...entriesOf(parts, run) } }, "durable")),
  };
}

async function locked<T>(parts: AuditParts, act: () => Result<T, Diagnostic>): Promise<Result<T, Diagnostic>> {
  try {
    makeFolder(join(parts.folder, "locks"));
    // Where a lock cannot be written everybody gets one: that must not happen here.
    accessSync(join(parts.folder, "locks"), constants.W_OK);
    const lock = await takeLock(join(parts.folder, "locks"));
    if (lock === undefined) return fail(errorOf("SYM5044", "other processes keep the audit log to themselves"));
    try {
      return act();
    } finally {
      lock.release();
    }
  } catch (thrown) {
    return fail(unusable(parts, thrown));
  }
}

async function takeLock(folder: string): Promise<Lock | undefined> {
  const locks = openLocks(folder);
  const patience = AbortSignal.timeout(PATIENCE_MS);
  while (!patience.aborted) {
    const lock = locks.acquire(KEY, "audit log");
    if (lock.acquired) return lock;
    await locks.waitFor(KEY, patience).catch(() => undefined);
  }
  return undefined;
}

function write(parts: AuditParts, event: AuditEvent, durability?: "durable"): Result<AuditEntry, Diagnostic> {
  using file = openLogFile(parts.file);
  const end = mendEnd(parts, file);
  if (!end.ok) return end;
  const { last, torn } = end.value;
  const gone = goneEnd(parts, readHead(parts), last && { seq: last.entry.seq, hash: last.hash });
  if (gone !== undefined) return fail(gone);
  const entry: AuditEntry = {
    ...safe(parts, event),
    v: 1,
    seq: (last?.entry.seq ?? 0) + 1,
    time: parts.now(),
    prev: last?.hash ?? NOTHING_BEFORE,
    ...(torn && { torn }),
  };
  file.append(`${encodeEntry(entry)}\n`, durability);
  writeHead(parts, { seq: entry.seq, hash: entryHash(entry) });
  return ok(entry);
}

interface End {
  readonly last: ReadEntry | undefined;
  readonly torn?: TornLine;
}

/** What the log ends with, after a last line that is not whole was set aside. */
function mendEnd(parts: AuditParts, file: LogFile): Result<End, Diagnostic> {
  const { last, rest } = file.tail();
  const read = last === undefined ? undefined : decodeEntry(last);
  if (last !== undefined && read === undefined) return fail(badLine(parts, undefined, "it is not what was written"));
  if (rest.length === 0) return ok({ last: read });
  const whole = decodeEntry(rest.toString("utf8"));
  if (whole !== undefined && whole.entry.prev === (read?.hash ?? NOTHING_BEFORE)) {
    file.append("\n");
    return ok({ last: whole });
  }
  const sha256 = hash("sha256", rest, "hex");
  const kept = `torn-${sha256.slice(0, 16)}`;
  writeAtomically(join(parts.folder, kept), rest);
  file.dropRest(rest);
  return ok({ last: read, torn: { bytes: rest.length, sha256, kept } });
}

/** An event without secrets, and not larger than anybody reads. */
function safe({ redactor }: AuditParts, { event, run, data }: AuditEvent): AuditEvent {
  const redacted = data === undefined ? undefined : redactor.deep(data);
  const length = redacted === undefined ? 0 : canonicalJson(redacted).length;
  const kept = length > MOST_CHARACTERS ? { leftOut: length } : redacted;
  return { event, ...(run === undefined ? {} : { run }), ...(kept === undefined ? {} : { data: kept }) };
}

function entriesOf({ file }: AuditParts, run: string): { readonly entries: number } {
  let entries = 0;
  try {
    readLines(file, (line) => {
      if (line.includes(run) && decodeEntry(line)?.entry.run === run) entries += 1;
    });
  } catch {
    // There is no log yet, or it cannot be read: then it cannot be written either.
  }
  return { entries };
}
