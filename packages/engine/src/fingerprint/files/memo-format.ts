import type { RepoPath } from "../../core/path.ts";
import { sha256Hex } from "../../core/sha256.ts";
import type { FileStat } from "./file-stat.ts";
import type { Digest } from "./hash-file.ts";

/** The file digests of a memo as they lie on disk: a block of fixed-size entries, and where each path's entry is. */
export interface MemoTable {
  readonly block: Buffer;
  /** The same bytes as numbers of 8 bytes: comparing those is several times as fast as reading them from `block`. */
  readonly words: Float64Array;
  /** The offset in `block` of each path's entry. */
  readonly offsets: ReadonlyMap<RepoPath, number>;
}

/** One entry to be written. */
export interface MemoEntry {
  readonly path: RepoPath;
  readonly bytes: Uint8Array;
}

const MAGIC = Buffer.from("SYMFILE2", "latin1");
const CHECK_AT = 16;
const HEADER = CHECK_AT + 32;
const STAT_BYTES = 40;
/** The size of an entry: five numbers of 8 bytes and a sha256. */
export const ENTRY_BYTES: number = STAT_BYTES + 32;

/** The bytes of one entry. */
export function encodeEntry(stat: FileStat, digest: Digest): Buffer {
  const bytes = Buffer.from(new ArrayBuffer(ENTRY_BYTES));
  new Float64Array(bytes.buffer, bytes.byteOffset, STAT_BYTES / 8).set(fields(stat));
  bytes.write(digest, STAT_BYTES, "hex");
  return bytes;
}

/** The digest of the entry at `offset`, if it was made for this state. */
export function matchEntry({ block, words }: MemoTable, offset: number, stat: FileStat): Digest | undefined {
  const word = offset / 8;
  const same =
    words[word] === stat.size &&
    words[word + 1] === stat.mtimeMs &&
    words[word + 2] === stat.ctimeMs &&
    words[word + 3] === stat.ino &&
    words[word + 4] === stat.mode;
  return same ? block.toString("hex", offset + STAT_BYTES, offset + ENTRY_BYTES) : undefined;
}

/** The whole file: magic, count, length of the entries, checksum, entries, paths. */
export function encodeMemo(entries: readonly MemoEntry[]): Buffer {
  // UTF-16 keeps the lone surrogates by which paths that are not UTF-8 are written.
  const paths = Buffer.from(entries.map(({ path }) => path).join("\0"), "utf16le");
  const body = Buffer.concat([...entries.map(({ bytes }) => bytes), paths]);
  const header = Buffer.alloc(HEADER);
  MAGIC.copy(header);
  header.writeUInt32LE(entries.length, 8);
  checksum(body).copy(header, CHECK_AT);
  return Buffer.concat([header, body]);
}

/** Reads what `encodeMemo` gave; `undefined` for anything else: another format, a part, damaged bytes. */
export function decodeMemo(file: Buffer): MemoTable | undefined {
  if (file.length < HEADER || !file.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  // A copy begins at an address that numbers of 8 bytes can be read from.
  const body = Buffer.from(new Uint8Array(file.subarray(HEADER)).buffer);
  const count = file.readUInt32LE(8);
  const split = count * ENTRY_BYTES;
  if (split > body.length || !checksum(body).equals(file.subarray(CHECK_AT, HEADER))) return undefined;
  const paths = count === 0 ? [] : body.toString("utf16le", split).split("\0");
  if (paths.length !== count) return undefined;
  const words = new Float64Array(body.buffer, body.byteOffset, split / 8);
  return { block: body, words, offsets: new Map(paths.map((path, index) => [path, index * ENTRY_BYTES])) };
}

function fields(stat: FileStat): readonly number[] {
  return [stat.size, stat.mtimeMs, stat.ctimeMs, stat.ino, stat.mode];
}

function checksum(bytes: Buffer): Buffer {
  return Buffer.from(sha256Hex(bytes), "hex");
}
