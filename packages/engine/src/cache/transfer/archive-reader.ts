import { createHash } from "node:crypto";
import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { createZstdDecompress } from "node:zlib";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { Digest } from "../../fingerprint/files/hash-file.ts";
import {
  ARCHIVE_VERSION,
  type EntryHead,
  HEAD_MAX,
  PREAMBLE_MAX,
  readHead,
  readPreamble,
  TEXT_MAX,
  TEXTS_MAX,
} from "./archive-format.ts";
import { ByteSource } from "./byte-source.ts";
import { damagedArchive, foreignArchive, noArchive, oversizedArchive, unreadableArchive } from "./transfer-problems.ts";

/** Where a blob of an archive goes, piece by piece. Pieces are only valid during the call. */
export interface BlobTarget {
  write(piece: Buffer): void;
  /** Called once, also where the blob turns out to be damaged. */
  close(): void;
}

/** Takes what an archive holds, in its order. What it throws leaves `readArchive`. */
export interface ArchiveSink {
  blob(digest: Digest, size: number): BlobTarget;
  text(kind: "record" | "history", name: string, bytes: Buffer): void;
}

/** An archive to read. */
export interface ArchiveRequest {
  readonly file: string;
  /** How many bytes of blobs are taken at most. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Reads an archive to its end and checks every blob, and all of it together. What the sink was given counts only where
 * the result is `ok`. No claim of the file makes this hold more than one text in memory.
 */
export async function readArchive(request: ArchiveRequest, sink: ArchiveSink): Promise<Result<null, Diagnostic>> {
  const { file } = request;
  const begin = bodyAt(file);
  if (!begin.ok) return begin;
  const raw = createReadStream(file, { start: begin.value, signal: request.signal });
  const unzipped = createZstdDecompress();
  // `pipe` does not hand errors on.
  raw.once("error", (error) => unzipped.destroy(error));
  const source = new ByteSource(raw.pipe(unzipped) as AsyncIterable<Buffer>);
  try {
    const found = await readEntries(source, request, sink);
    request.signal.throwIfAborted();
    return source.problem === undefined || found.ok ? found : fail(streamProblem(file, source.problem));
  } finally {
    raw.destroy();
    unzipped.destroy();
  }
}

/** Where the compressed part begins. */
function bodyAt(file: string): Result<number, Diagnostic> {
  let start: Buffer;
  try {
    start = firstBytes(file);
  } catch (error) {
    return fail(unreadableArchive(file, error));
  }
  const preamble = readPreamble(start);
  if (preamble === undefined) return fail(noArchive(file));
  return preamble.version === ARCHIVE_VERSION ? ok(preamble.end) : fail(foreignArchive(file, preamble.version));
}

function firstBytes(file: string): Buffer {
  const handle = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(PREAMBLE_MAX);
    return bytes.subarray(0, readSync(handle, bytes));
  } finally {
    closeSync(handle);
  }
}

async function readEntries(
  source: ByteSource,
  { file, maxBytes, signal }: ArchiveRequest,
  sink: ArchiveSink,
): Promise<Result<null, Diagnostic>> {
  const left = { blobs: maxBytes, texts: TEXTS_MAX };
  for (let count = 0; ; count += 1) {
    signal.throwIfAborted();
    const before = source.digest();
    const head = readHead((await source.line(HEAD_MAX)) ?? "");
    if (head === undefined)
      return fail(damagedArchive(file, "it ends too early, or an entry is not where one must be"));
    if (head.kind === "end") {
      const isWhole = head.name === before && head.size === count && (await source.isAtEnd());
      return isWhole ? ok(null) : fail(damagedArchive(file, "its contents do not have the digest that it names"));
    }
    // Asked before a byte is taken: what an entry claims is all that is known of its size.
    const pool = head.kind === "blob" ? "blobs" : "texts";
    left[pool] -= head.size;
    if (left[pool] < 0 || (pool === "texts" && head.size > TEXT_MAX)) return fail(oversizedArchive(file, maxBytes));
    const why = head.kind === "blob" ? await readBlob(source, head, sink) : await readText(source, head, sink);
    if (why !== undefined) return fail(damagedArchive(file, why));
  }
}

const TOO_EARLY = "it ends too early";

async function readBlob(source: ByteSource, { name, size }: EntryHead, sink: ArchiveSink): Promise<string | undefined> {
  const target = sink.blob(name, size);
  const sum = createHash("sha256");
  try {
    const isThere = await source.take(size, (piece) => {
      sum.update(piece);
      target.write(piece);
    });
    if (!isThere) return TOO_EARLY;
  } finally {
    target.close();
  }
  return sum.digest("hex") === name ? undefined : `the bytes of ${name.slice(0, 12)} are not those that its name says`;
}

async function readText(source: ByteSource, head: EntryHead, sink: ArchiveSink): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  if (!(await source.take(head.size, (piece) => pieces.push(Buffer.from(piece))))) return TOO_EARLY;
  if (head.kind === "record" || head.kind === "history") sink.text(head.kind, head.name, Buffer.concat(pieces));
  return undefined;
}

function streamProblem(file: string, error: unknown): Diagnostic {
  const isOfFile = error instanceof Error && "syscall" in error;
  return isOfFile ? unreadableArchive(file, error) : damagedArchive(file, "it cannot be decompressed");
}
