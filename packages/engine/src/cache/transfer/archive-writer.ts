import { createHash } from "node:crypto";
import { createWriteStream, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdCompress } from "node:zlib";
import { uniqueName } from "../../fingerprint/files/write-atomically.ts";
import { ARCHIVE_VERSION, type EntryHead, headLine, preambleOf } from "./archive-format.ts";

/** An entry to write: its head, and exactly as many bytes as the head says. */
export interface Entry {
  readonly head: EntryHead;
  readonly bytes: Iterable<Buffer>;
}

const BATCH = 256 * 1024;

/**
 * Writes an archive whole or not at all, and gives its size in bytes. Entries are asked for as fast as they can be
 * written, so none but the current one is in memory. Throws what the file system and the entries throw, and an
 * `AbortError` for the signal, with what stood there before still there.
 */
export async function writeArchive(file: string, entries: Iterable<Entry>, signal: AbortSignal): Promise<number> {
  const made = join(dirname(file), `.${uniqueName()}.tmp`);
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(made, preambleOf(ARCHIVE_VERSION), { flag: "wx" });
    const target = createWriteStream(made, { flags: "a", flush: true });
    await pipeline(Readable.from(batches(bodyOf(entries))), createZstdCompress(), target, { signal });
    const { size } = statSync(made);
    renameSync(made, file);
    return size;
  } catch (error) {
    rmSync(made, { force: true });
    throw error;
  }
}

/** All bytes before compression: the entries, then the end with the digest of them all. */
function* bodyOf(entries: Iterable<Entry>): Generator<Buffer> {
  const sum = createHash("sha256");
  let count = 0;
  for (const { head, bytes } of entries) {
    const line = headLine(head);
    sum.update(line);
    yield line;
    for (const chunk of bytes) {
      sum.update(chunk);
      yield chunk;
    }
    count += 1;
  }
  yield headLine({ kind: "end", name: sum.digest("hex"), size: count });
}

/** Small pieces joined: each piece of a stream costs a turn of the event loop. */
function* batches(chunks: Iterable<Buffer>): Generator<Buffer> {
  let gathered: Buffer[] = [];
  let size = 0;
  for (const chunk of chunks) {
    gathered.push(chunk);
    size += chunk.length;
    if (size < BATCH) continue;
    yield Buffer.concat(gathered);
    [gathered, size] = [[], 0];
  }
  yield Buffer.concat(gathered);
}
