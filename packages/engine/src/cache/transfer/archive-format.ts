import { isDigest } from "../record.ts";

/** The version of the archive's format. Another one is refused, whether older or newer. */
export const ARCHIVE_VERSION: number = 1;

/**
 * What stands before the bytes of an entry of an archive, on a line of its own. `name` is the digest of a blob, the key
 * of a record, the task of an entry of the history; of the end it is the sha256 of everything before it.
 */
export interface EntryHead {
  readonly kind: "blob" | "record" | "history" | "end";
  readonly name: string;
  /** In bytes; of the end: how many entries there are. */
  readonly size: number;
}

/** The longest line that a head may be, in bytes. */
export const HEAD_MAX: number = 4096;
/** The most bytes that a record or an entry of the history may be: they are held in memory. */
export const TEXT_MAX: number = 16 * 1024 * 1024;
/** The most bytes that all records and all history of an archive may be together. */
export const TEXTS_MAX: number = 512 * 1024 * 1024;
/** The most bytes before the compressed part. */
export const PREAMBLE_MAX: number = 48;

const PREAMBLE = /^symbiotic cache archive (\d{1,9})\n/;
const HEAD = /^(blob|record|history|end) ([!-~]+) (\d{1,15})$/;
const KINDS: readonly string[] = ["blob", "record", "history", "end"] satisfies EntryHead["kind"][];

/** The first line of an archive; all behind it is compressed. */
export function preambleOf(version: number): Buffer {
  return Buffer.from(`symbiotic cache archive ${String(version)}\n`, "latin1");
}

/** The version that the first bytes of a file name and where what follows begins; `undefined` for a file that is no archive. */
export function readPreamble(bytes: Buffer): { readonly version: number; readonly end: number } | undefined {
  const found = PREAMBLE.exec(bytes.toString("latin1"));
  return found === null ? undefined : { version: Number(found[1]), end: found[0].length };
}

/** The line of a head. */
export function headLine({ kind, name, size }: EntryHead): Buffer {
  return Buffer.from(`${kind} ${name} ${String(size)}\n`, "latin1");
}

/** Reads a head's line without its end; `undefined` for what is none. */
export function readHead(line: string): EntryHead | undefined {
  const [, kind = "", name = "", size = ""] = HEAD.exec(line) ?? [];
  if (!isKind(kind) || (kind !== "history" && !isDigest(name))) return undefined;
  return { kind, name, size: Number(size) };
}

function isKind(text: string): text is EntryHead["kind"] {
  return KINDS.includes(text);
}
