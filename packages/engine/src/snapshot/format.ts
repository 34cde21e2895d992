import type { JsonValue } from "../core/json.ts";
import { checksum, CHECKSUM_BYTES } from "./checksum.ts";
import { type SeenTable, WIDTH } from "./seen-paths.ts";

/** A snapshot as it lies on disk, in parts of which each is read only when it is needed. */
export interface SnapshotFile {
  readonly head: JsonValue;
  readonly seen: SeenTable;
  /** The text of the events, as JSON. */
  readonly events: () => string;
}

/** The number at its end is the version of the format, and of the shape of what is in it. */
const MAGIC = Buffer.from("SYMSNAP4", "latin1");
const CHECK_AT = 8;
const LENGTHS_AT = CHECK_AT + CHECKSUM_BYTES;
const PARTS = 6;
const BODY_AT = LENGTHS_AT + PARTS * 8;

/** The bytes of a snapshot: magic, check, the lengths of its parts, the parts. */
export function encodeSnapshot(head: JsonValue, seen: SeenTable, events: string): Buffer {
  const { buffer, byteOffset, byteLength } = seen.stats;
  const parts = [
    Buffer.from(buffer, byteOffset, byteLength),
    seen.digests,
    Buffer.from(seen.kinds),
    Buffer.from(seen.paths.join("\0")),
    Buffer.from(JSON.stringify(head)),
    Buffer.from(events),
  ];
  const lengths = Buffer.alloc(PARTS * 8);
  for (const [at, part] of parts.entries()) lengths.writeDoubleLE(part.length, at * 8);
  const file = Buffer.concat([MAGIC, Buffer.alloc(CHECKSUM_BYTES), lengths, ...parts]);
  checksum(file.subarray(LENGTHS_AT)).copy(file, CHECK_AT);
  return file;
}

/** Reads what `encodeSnapshot` gave; undefined for anything else: another format, a part, damaged bytes. */
export function decodeSnapshot(file: Buffer): SnapshotFile | undefined {
  if (file.length < BODY_AT || !file.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  if (!checksum(file.subarray(LENGTHS_AT)).equals(file.subarray(CHECK_AT, LENGTHS_AT))) return undefined;
  try {
    return decodeParts(file);
  } catch {
    // Its check is right and it is not what is written here: somebody else made it.
    return undefined;
  }
}

function decodeParts(file: Buffer): SnapshotFile | undefined {
  const parts: Buffer[] = [];
  let at = BODY_AT;
  for (let part = 0; part < PARTS; part += 1) {
    const length = file.readDoubleLE(LENGTHS_AT + part * 8);
    if (!Number.isSafeInteger(length) || length < 0) return undefined;
    parts.push(file.subarray(at, at + length));
    at += length;
  }
  const [stats, digests, kinds, paths, head, events] = parts as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
  const seen = tableOf({ stats, digests, kinds, paths });
  if (at !== file.length || seen === undefined) return undefined;
  return { head: JSON.parse(head.toString("utf8")) as JsonValue, seen, events: () => events.toString("utf8") };
}

function tableOf(columns: Readonly<Record<keyof SeenTable, Buffer>>): SeenTable | undefined {
  const { digests, kinds } = columns;
  // Numbers must lie at a place that can be divided by eight.
  const stats = new Float64Array(new Uint8Array(columns.stats).buffer);
  const paths = kinds.length === 0 ? [] : columns.paths.toString("utf8").split("\0");
  const isWhole = [paths.length, stats.length / WIDTH, digests.length / 32].every((rows) => rows === kinds.length);
  return isWhole ? { paths, kinds, stats, digests } : undefined;
}
