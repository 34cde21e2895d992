import { decodePath, type RepoPath } from "../core/path.ts";
import { type Digest, digestOf } from "../fingerprint/files/hash-file.ts";

/** What a git index says that is there: its entries' paths, modes and flags, and nothing of when they were looked at. */
export interface IndexNames {
  /** Equal for two indexes with the same entries, whatever their blobs, times and format. */
  readonly digest: Digest;
  readonly paths: readonly RepoPath[];
  /** Whether every entry is a file: no symbolic link, no submodule. */
  readonly isPlain: boolean;
  /** Whether git looks at each of them: none that it was told to take for unchanged or to skip. */
  readonly isWatched: boolean;
}

const HEADER = 12;
const TIMES_AND_OWNER = 40;
const MODE_AT = 24;
const EXTENDED = 0x4000;
const ASSUMED_UNCHANGED = 0x8000;
const SKIPPED = 0x4000;
const NAME_LENGTH = 0xfff;
/** No file system takes a longer one. */
const LONGEST_NAME = 0xffff;
const FILE_TYPE = 0o100;

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
  const entries = createEntries(index);
  let at = HEADER;
  for (let count = index.readUInt32BE(8); count > 0; count -= 1) {
    const flagsAt = at + TIMES_AND_OWNER + hashLength;
    const flags = index.readUInt16BE(flagsAt);
    const nameAt = flagsAt + ((flags & EXTENDED) === 0 ? 2 : 4);
    if (version < 4) {
      const end = nameEnd(index, nameAt, flags & NAME_LENGTH);
      entries.add({ modeAt: at + MODE_AT, flagsAt, nameAt, dropped: undefined, from: nameAt, end });
      at += (((end - at + 8) / 8) | 0) * 8;
    } else {
      const { value: dropped, next: from } = readVarint(index, nameAt);
      const end = nameEnd(index, from, NAME_LENGTH);
      entries.add({ modeAt: at + MODE_AT, flagsAt, nameAt, dropped, from, end });
      at = end + 1;
    }
  }
  return hasWholeEntries(index, at, hashLength) ? entries.names() : undefined;
}

/** Where in the index the parts of an entry lie. Its name is the text from `from` to `end`, behind that of the one before without its last `dropped` bytes. */
interface EntryPlace {
  readonly modeAt: number;
  readonly flagsAt: number;
  readonly nameAt: number;
  readonly dropped: number | undefined;
  readonly from: number;
  readonly end: number;
}

/** Entries one behind the other, names in full: mode, flags, name, a zero byte. */
function createEntries(index: Buffer): { readonly add: (entry: EntryPlace) => void; readonly names: () => IndexNames } {
  // Names in full may be longer than the index that shortens them.
  let bytes = Buffer.allocUnsafe(index.length);
  let length = 0;
  let previous = { from: 0, end: 0 };
  let isPlain = true;
  let isWatched = true;
  const places: number[] = [];
  return {
    add({ modeAt, flagsAt, nameAt, dropped, from, end }) {
      const shared = dropped === undefined ? 0 : previous.end - previous.from - dropped;
      if (shared < 0 || shared + end - from > LONGEST_NAME) throw new RangeError("an entry's name cannot be");
      const most = length + 9 + shared + end - from;
      if (most > bytes.length) bytes = Buffer.concat([bytes], Math.max(most, bytes.length * 2));
      isPlain &&= index.readUInt16BE(modeAt + 2) >> 9 === FILE_TYPE;
      isWatched &&= isLookedAt(index, flagsAt);
      length += index.copy(bytes, length, modeAt, modeAt + 4);
      length += index.copy(bytes, length, flagsAt, nameAt);
      const start = length;
      length += bytes.copy(bytes, length, previous.from, previous.from + shared);
      length += index.copy(bytes, length, from, end);
      previous = { from: start, end: length };
      places.push(start, length);
      length = bytes.writeUInt8(0, length);
    },
    names: () => ({
      digest: digestOf(bytes.subarray(0, length)),
      isPlain,
      isWatched,
      get paths() {
        const pathAt = (each: number): RepoPath => decodePath(bytes.subarray(places[each * 2], places[each * 2 + 1]));
        return Array.from({ length: places.length / 2 }, (_, each) => pathAt(each));
      },
    }),
  };
}

/** By the flags of an entry. */
function isLookedAt(index: Buffer, flagsAt: number): boolean {
  const flags = index.readUInt16BE(flagsAt);
  const isSkipped = (flags & EXTENDED) !== 0 && (index.readUInt16BE(flagsAt + 2) & SKIPPED) !== 0;
  return (flags & ASSUMED_UNCHANGED) === 0 && !isSkipped;
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
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, next: next + 1 };
}

/** Whether nothing but extensions follows that do not change what the entries say: those whose name begins with a capital. */
function hasWholeEntries(index: Buffer, from: number, hashLength: number): boolean {
  let at = from;
  while (at < index.length - hashLength) {
    if (!/^[A-Z]/.test(index.toString("latin1", at, at + 4))) return false;
    at += 8 + index.readUInt32BE(at + 4);
  }
  return at === index.length - hashLength;
}
