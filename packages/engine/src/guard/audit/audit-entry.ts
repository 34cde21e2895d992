import { hash } from "node:crypto";
import { canonicalJson, type JsonValue } from "../../core/json.ts";

/** Something that an agent did, or that was done with it. */
export interface AuditEvent {
  /** `agent-started`, `command-denied`, `change-applied`, ...: lower case, words apart by hyphens. */
  readonly event: string;
  readonly run?: string;
  /** More about it; secrets are taken out before it is written. */
  readonly data?: JsonValue;
}

/** A last line that was not whole, and where what there was of it lies now. */
export interface TornLine {
  readonly bytes: number;
  readonly sha256: string;
  /** The name of a file in the log's own folder. */
  readonly kept: string;
}

/** An event in its place: one line of the log. */
export interface AuditEntry extends AuditEvent {
  readonly v: 1;
  /** From 1, without a gap. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** The hash of the line before; of the first line, `NOTHING_BEFORE`. */
  readonly prev: string;
  readonly torn?: TornLine;
}

/** What stands in the first line for the one before it. */
export const NOTHING_BEFORE: string = "0".repeat(64);

/** The hash by which the next line names an entry: of the hash before it and of its canonical form. */
export function entryHash(entry: AuditEntry): string {
  return hash("sha256", `${entry.prev}\n${canonicalJson(entry)}`, "hex");
}

/** An entry as its line, without the line break. */
export function encodeEntry(entry: AuditEntry): string {
  return canonicalJson({ ...entry, hash: entryHash(entry) });
}

/** An entry with its hash. */
export interface ReadEntry {
  readonly entry: AuditEntry;
  readonly hash: string;
}

/** The entry of a line; undefined where the line is not, byte by byte, what `encodeEntry` wrote. */
export function decodeEntry(line: string): ReadEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("hash" in value)) return undefined;
  const { hash: told, ...rest } = value;
  if (!isEntry(rest) || typeof told !== "string" || encodeEntry(rest) !== line) return undefined;
  return { entry: rest, hash: told };
}

function isEntry(value: object): value is AuditEntry {
  const { v, seq, prev, event, time } = value as Readonly<Record<string, unknown>>;
  return v === 1 && Number.isSafeInteger(seq) && [prev, event, time].every((each) => typeof each === "string");
}
