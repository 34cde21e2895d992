import { decodePath, type RepoPath } from "../core/path.ts";
import { type Digest, digestOf } from "../fingerprint/files/hash-file.ts";

/** What a git index says that is there: its entries' paths, modes and flags, and nothing of when they were looked at. */
export interface IndexNames {
  /** Equal for two indexes with the same entries, whatever their blobs and times. */
  readonly digest: Digest;
  readonly paths: readonly RepoPath[];
}

const HEADER = 12;
const TIMES_AND_OWNER = 40;
const MODE_AT = 24;
const EXTENDED = 0x4000;
const NAME_LENGTH = 0xfff;
/** Extensions after which the entries of the file are not all there is: a split index and a sparse one. */
const PARTIAL = new Set(["link", "sdir"]);

/**
 * Reads the entries of a git index, versions 2 to 4. Undefined for what is no index, for a form that is not known, and for
 * one that names its entries elsewhere. `hashLength`: the bytes of an object id, 20 or 32.
 */
export function readIndexNames(index: Buffer, hashLength: number): IndexNames | undefined {
  try {
    return parse(index, hashLength);
  } catch {
    return undefined;
  }
}

function parse(index: Buffer, hashLength: number): IndexNames | undefined {
  const version = index.readUInt32BE(4);
  if (index.toString("latin1", 0, 4) !== "DIRC" || version < 2 || version > 4) return undefined;
  const names = Buffer.allocUnsafe(index.length);
  const ends: number[] = [];
  let written = 0;
  let at = HEADER;
  let previous = { from: 0, length: 0 };
  for (let count = index.readUInt32BE(8); count > 0; count -= 1) {
    const flagsAt = at + TIMES_AND_OWNER + hashLength;
    const flags = index.readUInt16BE(flagsAt);
    const fixed = (flags & EXTENDED) === 0 ? 2 : 4;
    written += index.copy(names, written, at + MODE_AT, at + MODE_AT + 4);
    written += index.copy(names, written, flagsAt, flagsAt + fixed);
    const nameAt = flagsAt + fixed;
    const from = written;
    if (version < 4) {
      const end = nameEnd(index, nameAt, flags & NAME_LENGTH);
      written += index.copy(names, written, nameAt, end);
      at += (((end - at + 8) / 8) | 0) * 8;
    } else {
      const { value: dropped, next } = readVarint(index, nameAt);
      const end = nameEnd(index, next, NAME_LENGTH);
      written += names.copy(names, written, previous.from, previous.from + previous.length - dropped);
      written += index.copy(names, written, next, end);
      at = end + 1;
    }
    previous = { from, length: written - from };
    ends.push(from, written);
  }
  if (!hasWholeEntries(index, at, hashLength)) return undefined;
  const pathAt = (each: number): RepoPath => decodePath(names.subarray(ends[each * 2], ends[each * 2 + 1]));
  const digest = digestOf(names.subarray(0, written));
  return {
    digest,
    get paths() {
      return Array.from({ length: ends.length / 2 }, (_, each) => pathAt(each));
    },
  };
}

function nameEnd(index: Buffer, from: number, length: number): number {
  const end = length < NAME_LENGTH ? from + length : index.indexOf(0, from);
  if (end < from || index[end] !== 0) throw new RangeError("an entry's name does not end");
  return end;
}

/** Git's variable-length number: seven bits a byte, each further byte counting from one more. */
function readVarint(index: Buffer, from: number): { readonly value: number; readonly next: number } {
  let next = from;
  let byte = index.readUInt8(next);
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    next += 1;
    byte = index.readUInt8(next);
    value = ((value + 1) << 7) | (byte & 0x7f);
  }
  return { value, next: next + 1 };
}

function hasWholeEntries(index: Buffer, from: number, hashLength: number): boolean {
  let at = from;
  while (at < index.length - hashLength) {
    if (PARTIAL.has(index.toString("latin1", at, at + 4))) return false;
    at += 8 + index.readUInt32BE(at + 4);
  }
  return at === index.length - hashLength;
}
