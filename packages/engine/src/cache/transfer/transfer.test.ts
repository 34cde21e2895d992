import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { digestOf } from "../../fingerprint/files/hash-file.ts";
import { listBlobs } from "../blob-files.ts";
import { blobPath } from "../blobs.ts";
import { openCache } from "../open-cache.ts";
import type { CacheRecord } from "../record.ts";
import { exitCodes, keyOf, SAMPLE_BLOB, sampleRecord, startProgram } from "../testing/samples.ts";
import {
  entry,
  exported,
  filesOf,
  fillCache,
  fillSmall,
  imported,
  places,
  recordEntry,
  sampleEntries,
  WIDE,
} from "../testing/transfer-samples.ts";
import { writeArchive } from "./archive-writer.ts";

const ANY = (): boolean => true;
const NEVER = new AbortController().signal;

function blobsIn(directory: string): readonly string[] {
  return listBlobs(join(directory, "blobs"))
    .map(({ digest }) => digest)
    .sort();
}

test("what one cache exports another one serves: records, outputs of every kind, and what fingerprints name", async () => {
  using at = places();
  const { records, blobs } = fillCache(at.from);
  openCache(at.from).cache.putBlob(Buffer.from("named by no record"));
  const out = await exported(at.from, at.file);
  expect(out).toMatchObject({ ok: true, value: { records: 2, blobs: blobs.length, pathBound: 0, problems: [] } });
  const taken = await imported(at.to, at.file);
  expect(taken).toMatchObject({
    ok: true,
    value: { records: 2, known: 0, foreign: 0, blobs: blobs.length, problems: [] },
  });
  const { cache } = openCache(at.to);
  for (const record of records) expect(cache.lookup(record.key, ANY)).toEqual(record);
  expect(blobsIn(at.to)).toEqual(blobs);
  for (const digest of blobs) {
    const bytes = cache.readBlob(digest);
    expect(bytes.ok && digestOf(bytes.value)).toBe(digest);
  }
  expect(readdirSync(join(at.to, "tmp"))).toEqual([]);
  expect(readdirSync(join(at.file, ".."))).toEqual(["cache.archive"]);
});

test("a second import finds everything known and changes nothing", async () => {
  using at = places();
  const { blobs } = fillCache(at.from);
  await exported(at.from, at.file);
  await imported(at.to, at.file);
  const files = filesOf(at.to);
  const again = await imported(at.to, at.file);
  expect(again).toMatchObject({ ok: true, value: { records: 0, known: 2, blobs: 0, bytes: 0, history: 0 } });
  expect(filesOf(at.to)).toEqual(files);
  expect(openCache(at.to).cache.status()).toMatchObject({ records: 2, blobs: blobs.length });
});

test("of the history only what went well travels, and nothing older comes behind what is known here", async () => {
  using at = places();
  const { records } = fillCache(at.from);
  const [first] = records as [CacheRecord];
  const end = { task: first.task, key: first.key, fingerprintDigest: first.fingerprint, run: "r" };
  const { cache } = openCache(at.from);
  cache.history.append({ ...end, status: "ok", durationMs: 11, at: 1 });
  cache.history.append({ ...end, status: "failed", durationMs: 99, at: 2 });
  cache.history.append({ ...end, status: "ok", durationMs: 33, at: 3 });
  cache.history.append({ ...end, status: "ok", durationMs: 44, at: 4, fingerprintDigest: keyOf("not in the archive") });
  expect(await exported(at.from, at.file)).toMatchObject({ value: { history: 2 } });
  await imported(at.to, at.file);
  expect(
    openCache(at.to)
      .cache.history.of(first.task)
      .map(({ status, durationMs }) => [status, durationMs]),
  ).toEqual([
    ["ok", 11],
    ["ok", 33],
  ]);
  const elsewhere = join(at.to, "elsewhere");
  openCache(elsewhere).cache.history.append({ ...end, status: "failed", durationMs: 7, at: 2 });
  expect(await imported(elsewhere, at.file)).toMatchObject({ value: { history: 1 } });
  expect(
    openCache(elsewhere)
      .cache.history.of(first.task)
      .map(({ durationMs }) => durationMs),
  ).toEqual([7, 33]);
});

test("a record that is right only in one place is neither exported nor imported", async () => {
  using at = places();
  const { cache } = openCache(at.from);
  const bound = sampleRecord("bound", { pathBound: true });
  cache.store(bound, [SAMPLE_BLOB]);
  cache.store(sampleRecord("free"), []);
  expect(await exported(at.from, at.file)).toMatchObject({ value: { records: 1, pathBound: 1 } });
  await writeArchive(at.file, sampleEntries(bound), NEVER);
  expect(await imported(at.to, at.file)).toMatchObject({ ok: true, value: { records: 0, foreign: 1 } });
  expect(openCache(at.to).cache.lookup(bound.key, ANY)).toBeUndefined();
});

test("only the records that are asked for go, and of them the newest that the limits allow", async () => {
  using at = places();
  const { cache } = openCache(at.from);
  for (const [index, name] of ["a", "b", "c"].entries()) {
    const log = Buffer.alloc(1000, name);
    cache.store(sampleRecord(name, { storedAt: index, log: digestOf(log) }), [SAMPLE_BLOB, log]);
  }
  const select = (all: readonly CacheRecord[]): readonly CacheRecord[] => all.filter(({ key }) => key !== keyOf("c"));
  expect(await exported(at.from, at.file, { select })).toMatchObject({ value: { records: 2, blobs: 3 } });
  await exported(at.from, at.file, { select, limits: { ...WIDE, maxBytes: 1500 } });
  await imported(at.to, at.file);
  const found = ["a", "b", "c"].filter((name) => openCache(at.to).cache.lookup(keyOf(name), ANY) !== undefined);
  expect(found).toEqual(["b"]);
});

test("a record whose blob is damaged is left behind and reported, the others go", async () => {
  using at = places();
  const { records } = fillCache(at.from);
  const [empty, built] = records as [CacheRecord, CacheRecord];
  const [big] = built.outputs;
  const file = blobPath(join(at.from, "blobs"), big?.blob ?? "");
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(2_000_000) ^ 1, 2_000_000);
  writeFileSync(file, bytes);
  expect(await exported(at.from, at.file)).toMatchObject({ value: { records: 1, problems: [{ code: "SYM6038" }] } });
  expect(await imported(at.to, at.file)).toMatchObject({ ok: true, value: { records: 1 } });
  expect(openCache(at.to).cache.lookup(empty.key, ANY)).toEqual(empty);
  expect(openCache(at.to).cache.lookup(built.key, ANY)).toBeUndefined();
});

test("records of a format to come and records without their blobs are passed over, and the rest is taken in", async () => {
  using at = places();
  const later = { ...sampleRecord("later"), v: 2 };
  const lacking = sampleRecord("lacking", { log: digestOf("not in the archive") });
  await writeArchive(
    at.file,
    [...sampleEntries(sampleRecord("good")), entry("record", later.key, JSON.stringify(later)), recordEntry(lacking)],
    NEVER,
  );
  expect(await imported(at.to, at.file)).toMatchObject({
    ok: true,
    value: { records: 1, foreign: 1, problems: [{ code: "SYM6038" }] },
  });
  expect(openCache(at.to).cache.lookup(keyOf("good"), ANY)).toEqual(sampleRecord("good"));
});

test("a record from the future is as old as its import, so that it grows old like others", async () => {
  using at = places();
  await writeArchive(at.file, sampleEntries(sampleRecord("a", { storedAt: 1e300 })), NEVER);
  const before = Date.now();
  await imported(at.to, at.file);
  const storedAt = openCache(at.to).cache.lookup(keyOf("a"), ANY)?.storedAt ?? 0;
  expect(storedAt).toBeGreaterThanOrEqual(before);
  expect(storedAt).toBeLessThanOrEqual(Date.now());
});

test("an export that cannot be written says so, and what stood there stays", async () => {
  using at = places();
  fillSmall(at.from);
  const blocked = join(at.from, "in-the-way", "cache.archive");
  writeFileSync(join(at.from, "in-the-way"), "a file");
  expect(await exported(at.from, blocked)).toMatchObject({ ok: false, error: { code: "SYM6036" } });
  mkdirSync(at.file, { recursive: true });
  expect(await exported(at.from, at.file)).toMatchObject({ ok: false, error: { code: "SYM6036" } });
  expect(readdirSync(join(at.file, ".."))).toEqual(["cache.archive"]);
});

test("an import into a cache that cannot be written is an error that names it", async () => {
  using at = places();
  fillSmall(at.from);
  await exported(at.from, at.file);
  writeFileSync(at.to, "a file where the cache should be");
  expect(await imported(at.to, at.file)).toMatchObject({ ok: false, error: { code: "SYM6037" } });
});

test("a signal ends both in the middle, and no part of a file is left", async () => {
  using at = places();
  fillCache(at.from);
  const stop = new AbortController();
  const progress = (): void => stop.abort();
  await expect(exported(at.from, at.file, { signal: stop.signal, progress })).rejects.toThrow();
  expect(existsSync(at.file)).toBe(false);
  expect(readdirSync(join(at.file, ".."))).toEqual([]);
  await exported(at.from, at.file);
  const again = new AbortController();
  await expect(imported(at.to, at.file, { signal: again.signal, progress: () => again.abort() })).rejects.toThrow();
  expect(filesOf(at.to)).toEqual([]);
  expect(readdirSync(join(at.to, "tmp"))).toEqual([]);
});

test("nothing is put in place while somebody prunes: the import waits, and can be ended meanwhile", async () => {
  using at = places();
  const { records } = fillCache(at.from);
  await exported(at.from, at.file);
  const { cache } = openCache(at.to);
  const lock = cache.locks.acquire("prune");
  if (!lock.acquired) throw new Error("nobody else can have the lock");
  await expect(imported(at.to, at.file, { signal: AbortSignal.timeout(500) })).rejects.toThrow();
  expect(cache.status()).toMatchObject({ records: 0, blobs: 0 });
  lock.release();
  expect(await imported(at.to, at.file)).toMatchObject({ ok: true, value: { records: records.length } });
});

test("blobs that the cache has already are made young again, so that no prune takes them from the new records", async () => {
  using at = places();
  const { blobs } = fillCache(at.from);
  await exported(at.from, at.file);
  await imported(at.to, at.file);
  const files = blobs.map((digest) => blobPath(join(at.to, "blobs"), digest));
  for (const file of files) utimesSync(file, 1, 1);
  await imported(at.to, at.file);
  for (const file of files) expect(statSync(file).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
});

test("processes that import into one cache at once take each record in once", { timeout: 60_000 }, async () => {
  using at = places();
  const { records, blobs } = fillCache(at.from);
  await exported(at.from, at.file);
  const program = `
    import { importCache } from ${JSON.stringify(new URL("./import-cache.ts", import.meta.url).href)};
    const [directory, file] = process.argv.slice(1);
    const signal = new AbortController().signal;
    const done = await importCache({ directory, file, maxBytes: 1e9, signal, progress: () => undefined });
    process.exitCode = done.ok ? 10 + done.value.records : 1;
  `;
  const started = [1, 2, 3].map(() => startProgram(program, [at.to, at.file]));
  try {
    const codes = await exitCodes(started.map(({ child }) => child));
    expect([...codes].sort()).toEqual([10, 10, 12]);
  } finally {
    for (const { stop } of started) stop();
  }
  const { cache } = openCache(at.to);
  expect(cache.status()).toMatchObject({ records: records.length, blobs: blobs.length });
  expect(readdirSync(join(at.to, "tmp"))).toEqual([]);
});
