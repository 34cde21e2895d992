import { canonicalJson } from "../../core/json.ts";
import { parseTaskId } from "../../core/task-id.ts";
import { type Digest, digestOf } from "../../fingerprint/files/hash-file.ts";
import { type HistoryEntry, isHistoryEntry } from "../history.ts";
import { outputNameProblem } from "../outputs/output-place.ts";
import { blobsOf, type CacheRecord, isCacheRecord, isDigest } from "../record.ts";

/** What an import makes of one text of an archive. */
export type CheckedText<T> =
  | { readonly kind: "taken"; readonly value: T }
  /** Of a format that this engine does not know, or right only elsewhere: passed over. */
  | { readonly kind: "foreign" | "path-bound" }
  /** No cache exports such a thing. */
  | { readonly kind: "hostile"; readonly why: string };

const FOREIGN = { kind: "foreign" } as const;

/** Looks at every part of a record that came from outside, before anything is done with it. `now` is in milliseconds since 1970. */
export function checkRecord(name: string, bytes: Buffer, now: number): CheckedText<CacheRecord> {
  const value = parse(bytes);
  if (!isCacheRecord(value)) return FOREIGN;
  const why = recordProblem(value, name);
  if (why !== undefined) return { kind: "hostile", why };
  if (value.pathBound === true) return { kind: "path-bound" };
  // A time to come would keep it from ever growing old.
  return { kind: "taken", value: value.storedAt > now ? { ...value, storedAt: now } : value };
}

/** The same for an entry of the history. */
export function checkHistory(bytes: Buffer): CheckedText<HistoryEntry> {
  const value = parse(bytes);
  if (!isHistoryEntry(value)) return FOREIGN;
  if (!parseTaskId(value.task).ok) return { kind: "hostile", why: "an entry of the history names no task" };
  // Only what went well is exported.
  return value.status === "ok" ? { kind: "taken", value } : FOREIGN;
}

/** What two records must have in common for one to stand for the other: the key, and what running the task found. */
export function identityOf({ key, found }: CacheRecord): string {
  return `${key} ${canonicalJson(found)}`;
}

function recordProblem(record: CacheRecord, name: string): string | undefined {
  const { key, task, outputs } = record;
  if (key !== name || ![key, record.evidenceDigest, ...blobsOf(record)].every(isDigest))
    return "a record names what is no digest";
  if (!parseTaskId(task).ok) return "a record names no task";
  if (!holdsItsTexts(record)) return "a text in a record is not the one that it names";
  for (const { path } of outputs) {
    const problem = outputNameProblem(path);
    if (problem !== undefined) return `a record has an output at ${path.toWellFormed()}: ${problem}`;
  }
  return undefined;
}

function holdsItsTexts({ inline, evidence, log }: CacheRecord): boolean {
  const isRight = (text: string | undefined, digest: Digest | null): boolean =>
    text === undefined || digestOf(text) === digest;
  return isRight(inline?.evidence, evidence) && isRight(inline?.log, log);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
