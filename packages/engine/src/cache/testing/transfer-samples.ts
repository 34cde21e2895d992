import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "../../fingerprint/files/hash-file.ts";
import { openCache } from "../open-cache.ts";
import type { PruneLimits } from "../choose-records.ts";
import type { CacheRecord } from "../record.ts";
import { SAMPLE_BLOB, sampleRecord, temporaryFolder } from "./samples.ts";
import { type Exported, exportCache, type ExportRequest } from "../transfer/export-cache.ts";
import { type Imported, importCache, type ImportRequest } from "../transfer/import-cache.ts";
import type { EntryHead } from "../transfer/archive-format.ts";
import type { Entry } from "../transfer/archive-writer.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Result } from "../../core/result.ts";

/** Limits that nothing in a test reaches. */
export const WIDE: PruneLimits = { maxBytes: 1024 ** 3, maxAgeMs: 1e15 };

/** What a sample cache was filled with. */
export interface FilledCache {
  readonly records: readonly CacheRecord[];
  /** Digests of all blobs that go with them. */
  readonly blobs: readonly string[];
}

/** Fills a cache with results of every shape: a big output, a program, a link, a log, texts that a fingerprint names. */
export function fillCache(directory: string): FilledCache {
  const { cache } = openCache(directory);
  const set = Buffer.from('[["a.py","100644","…"]]');
  const identity = Buffer.from('{"python":"3.12"}');
  const files = [["sources", digestOf(set)]];
  const fingerprint = Buffer.from(JSON.stringify({ v: 1, files, tool: { name: "x", identity: digestOf(identity) } }));
  const [big, program, link, log, evidence] = [
    randomBytes(2_500_000),
    Buffer.from("#!/bin/sh\n"),
    Buffer.from("../a.txt"),
    Buffer.from("a line\n"),
    Buffer.from('{"findings":[]}'),
  ];
  const base = { fingerprint: digestOf(fingerprint), evidence: digestOf(evidence), evidenceDigest: digestOf(evidence) };
  const built = sampleRecord("built", {
    ...base,
    task: "api:build",
    log: digestOf(log),
    outputs: [
      { path: "dist/big.bin", mode: "100644", size: big.length, blob: digestOf(big) },
      { path: "dist/run", mode: "100755", size: program.length, blob: digestOf(program) },
      { path: "dist/sub/link", mode: "120000", size: link.length, blob: digestOf(link) },
    ],
    storedAt: 1_700_000_000_001,
  });
  const empty = sampleRecord("empty", {
    ...base,
    outputs: [{ path: "dist/empty", mode: "100644", size: 0, blob: digestOf("") }],
  });
  const bytes = [set, identity, fingerprint, big, program, link, log, evidence, Buffer.alloc(0)];
  for (const record of [empty, built]) cache.store(record, bytes);
  cache.close();
  return { records: [empty, built], blobs: bytes.map((each) => digestOf(each)).sort() };
}

/** Exports with limits that nothing reaches, unless `more` says otherwise. */
export function exported(
  directory: string,
  file: string,
  more: Partial<ExportRequest> = {},
): Promise<Result<Exported, Diagnostic>> {
  return exportCache({
    directory,
    file,
    limits: WIDE,
    signal: new AbortController().signal,
    progress: () => undefined,
    ...more,
  });
}

/** Imports with limits that nothing reaches, unless `more` says otherwise. */
export function imported(
  directory: string,
  file: string,
  more: Partial<ImportRequest> = {},
): Promise<Result<Imported, Diagnostic>> {
  const { maxBytes } = WIDE;
  return importCache({
    directory,
    file,
    maxBytes,
    signal: new AbortController().signal,
    progress: () => undefined,
    ...more,
  });
}

/** An entry of an archive as any text has it. */
export function entry(kind: EntryHead["kind"], name: string, text: string): Entry {
  const bytes = Buffer.from(text);
  return { head: { kind, name, size: bytes.length }, bytes: [bytes] };
}

/** Every file in a cache but locks, from its folder; none where there is no folder. */
export function filesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name).slice(directory.length + 1))
      .filter((name) => !name.startsWith("locks"))
      .sort();
  } catch {
    return [];
  }
}

/** Where a test exports from, imports to, and keeps the archive. */
export interface Places extends Disposable {
  readonly from: string;
  readonly to: string;
  readonly file: string;
}

/** New places, removed when the scope ends; none of the three exists. */
export function places(): Places {
  const at = temporaryFolder();
  return {
    from: join(at.path, "from"),
    to: join(at.path, "to"),
    file: join(at.path, "archives", "cache.archive"),
    [Symbol.dispose]: () => at[Symbol.dispose](),
  };
}

/** Fills a cache with one small result. */
export function fillSmall(directory: string): CacheRecord {
  const log = Buffer.from("one line\nand another\n");
  const record = sampleRecord("small", { log: digestOf(log) });
  openCache(directory).cache.store(record, [SAMPLE_BLOB, log]);
  return record;
}

/** The entry of the blob that sample records name. */
export function blobEntry(): Entry[] {
  return [entry("blob", digestOf(SAMPLE_BLOB), SAMPLE_BLOB.toString())];
}

/** The entry of a record. */
export function recordEntry(record: CacheRecord): Entry {
  return entry("record", record.key, JSON.stringify(record));
}

/** The entries of a sample record and its blob. */
export function sampleEntries(record: CacheRecord): Entry[] {
  return [...blobEntry(), recordEntry(record)];
}
