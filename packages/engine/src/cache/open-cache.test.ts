import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { digestOf } from "../fingerprint/files/hash-file.ts";
import { listBlobs } from "./blob-files.ts";
import { blobPath } from "./blobs.ts";
import { openCache } from "./open-cache.ts";
import { bucketFile } from "./records.ts";
import { keyOf, SAMPLE_BLOB, sampleRecord, temporaryFolder, verified } from "./testing/samples.ts";

const ANY = (): boolean => true;
const DAY = 24 * 60 * 60 * 1000;

test("what is stored is found with its blobs by the next run", () => {
  using at = temporaryFolder();
  const first = openCache(join(at.path, "cache"));
  const record = sampleRecord("a");
  expect(first.cache.store(record, [SAMPLE_BLOB])).toBe(true);
  first.cache.close();
  const { cache, problems } = openCache(join(at.path, "cache"));
  expect(problems).toEqual([]);
  expect(cache.lookup(record.key, ANY)).toEqual(record);
  expect(cache.readBlob(record.evidence)).toEqual({ ok: true, value: SAMPLE_BLOB });
});

test("a record is not stored without the blobs that it names", () => {
  using at = temporaryFolder();
  const { cache } = openCache(at.path);
  const record = sampleRecord("a", { log: keyOf("a log that nobody put") });
  expect(cache.store(record, [SAMPLE_BLOB])).toBe(false);
  expect(cache.lookup(record.key, ANY)).toBeUndefined();
});

test("a cache in a place that cannot be used is empty, takes nothing, and says so once", () => {
  using at = temporaryFolder();
  writeFileSync(join(at.path, "file"), "");
  const directory = join(at.path, "file", "cache");
  expect(() => mkdirSync(directory, { recursive: true })).toThrow();
  const { cache, problems } = openCache(directory);
  expect(problems).toMatchObject([{ code: "SYM6005", severity: "warning" }]);
  const record = sampleRecord("a");
  expect(cache.store(record, [SAMPLE_BLOB])).toBe(false);
  expect(cache.putBlob(SAMPLE_BLOB)).toBeUndefined();
  expect(cache.lookup(record.key, ANY)).toBeUndefined();
  expect(cache.readBlob(record.evidence).ok).toBe(false);
  cache.history.append({
    task: "a:b",
    key: keyOf("k"),
    fingerprintDigest: keyOf("k"),
    status: "ok",
    durationMs: 1,
    at: 1,
    run: "r",
  });
  expect(cache.history.latest("a:b")).toBeUndefined();
  expect(cache.locks.acquire(record.key).acquired).toBe(true);
  expect(cache.fileMemo(at.path).save()).toBe(true);
  expect([cache.status().records, cache.prune(), verified(cache).blobs]).toEqual([0, undefined, 0]);
  cache.clear();
  cache.close();
  expect(cache.isWritable()).toBe(false);
  expect(cache.problems().filter(({ code }) => code === "SYM6005")).toEqual([]);
});

test("a cache that can be read and not written still serves, and warns once", () => {
  using at = temporaryFolder();
  const record = sampleRecord("a");
  openCache(at.path).cache.store(record, [SAMPLE_BLOB]);
  // Root may write anywhere, so the fault is a file where the next blob's folder would be made.
  const other = Buffer.from("other bytes");
  writeFileSync(join(at.path, "blobs", digestOf(other).slice(0, 2)), "");
  rmSync(join(at.path, "tmp"), { recursive: true });
  writeFileSync(join(at.path, "tmp"), "");
  const { cache, problems } = openCache(at.path);
  expect(problems).toEqual([]);
  expect(cache.lookup(record.key, ANY)).toEqual(record);
  expect(cache.readBlob(record.evidence)).toEqual({ ok: true, value: SAMPLE_BLOB });
  expect([cache.store(sampleRecord("b"), [other]), cache.store(sampleRecord("c"), [other])]).toEqual([false, false]);
  expect(cache.problems()).toMatchObject([{ code: "SYM6005" }]);
  expect(cache.problems()).toEqual([]);
  expect(cache.lookup(record.key, ANY)).toEqual(record);
});

test("records that cannot be read are misses and one warning", () => {
  using at = temporaryFolder();
  const [a, b] = [sampleRecord("a"), sampleRecord("b")];
  for (const { key } of [a, b]) mkdirSync(bucketFile(join(at.path, "records"), key.slice(0, 2)), { recursive: true });
  const { cache } = openCache(at.path);
  expect([cache.lookup(a.key, ANY), cache.lookup(b.key, ANY)]).toEqual([undefined, undefined]);
  expect(cache.problems()).toMatchObject([{ code: "SYM6006" }]);
});

test("entries that were passed over are counted and reported once", () => {
  using at = temporaryFolder();
  const record = sampleRecord("a");
  openCache(at.path).cache.store(record, [SAMPLE_BLOB]);
  appendFileSync(bucketFile(join(at.path, "records"), record.key.slice(0, 2)), "garbage\n2 of a later version\n");
  const { cache } = openCache(at.path);
  expect(cache.lookup(record.key, ANY)).toEqual(record);
  expect(cache.problems()).toMatchObject([
    { code: "SYM6004", message: expect.stringMatching(/1 damaged, 1 of another/) },
  ]);
  cache.lookup(record.key, ANY);
  expect(cache.problems()).toEqual([]);
});

test("status counts records, blobs, bytes and tasks", () => {
  using at = temporaryFolder();
  const { cache } = openCache(at.path);
  cache.store(sampleRecord("a", { storedAt: 7 }), [SAMPLE_BLOB]);
  cache.store(sampleRecord("b", { storedAt: 5, task: "b:x" }), []);
  cache.store(sampleRecord("c", { storedAt: 9, task: "b:x" }), []);
  expect(cache.status()).toEqual({
    directory: at.path,
    records: 3,
    blobs: 1,
    bytes: SAMPLE_BLOB.length,
    oldest: 5,
    tasks: { "api:run_ruff_lint": 1, "b:x": 2 },
  });
});

test("verify finds and removes damaged blobs, and a second one finds nothing", () => {
  using at = temporaryFolder();
  const { cache } = openCache(at.path);
  cache.store(sampleRecord("a"), [SAMPLE_BLOB]);
  const other = cache.putBlob(Buffer.from("other")) ?? "";
  writeFileSync(blobPath(join(at.path, "blobs"), other), "OTHER");
  expect(verified(cache)).toMatchObject({
    records: 1,
    blobs: 2,
    removed: { blobs: 1, records: 0 },
    problems: [{ code: "SYM6002" }],
  });
  const bytes = SAMPLE_BLOB.length;
  expect(verified(cache)).toEqual({ records: 1, blobs: 1, bytes, removed: { blobs: 0, records: 0 }, problems: [] });
});

test("verify removes records that are damaged or name what is not there, and leaves the others", () => {
  using at = temporaryFolder();
  const { cache } = openCache(at.path);
  const gone = Buffer.from("gone");
  cache.store(sampleRecord("whole"), [SAMPLE_BLOB]);
  cache.store(sampleRecord("lacks its log", { log: digestOf(gone) }), [SAMPLE_BLOB, gone]);
  rmSync(blobPath(join(at.path, "blobs"), digestOf(gone)));
  appendFileSync(bucketFile(join(at.path, "records"), keyOf("whole").slice(0, 2)), "garbage\n");
  expect(verified(cache)).toMatchObject({
    records: 1,
    removed: { blobs: 0, records: 2 },
    problems: [{ code: "SYM6012" }, { code: "SYM6013" }],
  });
  expect(verified(cache)).toMatchObject({ records: 1, removed: { blobs: 0, records: 0 }, problems: [] });
  expect(cache.lookup(keyOf("whole"), ANY)).toEqual(sampleRecord("whole"));
  expect(cache.lookup(keyOf("lacks its log"), ANY)).toBeUndefined();
});

test("clear leaves nothing that was kept, the memos included", () => {
  using at = temporaryFolder();
  const { cache } = openCache(at.path);
  cache.store(sampleRecord("a"), [SAMPLE_BLOB]);
  const memo = cache.memo("tools");
  memo.set("ruff", "1");
  memo.save();
  cache.close();
  cache.clear();
  expect(readdirSync(at.path).filter((name) => name !== "locks")).toEqual([]);
  expect([cache.status().records, cache.status().blobs]).toEqual([0, 0]);
});

function stored(directory: string, name: string, storedAt: number, bytes: number): void {
  const blob = Buffer.alloc(bytes, name);
  const digest = digestOf(blob);
  const record = sampleRecord(name, { fingerprint: digest, evidence: digest, evidenceDigest: digest, storedAt });
  expect(openCache(directory).cache.store(record, [blob])).toBe(true);
}

function age(directory: string): void {
  for (const { file } of listBlobs(join(directory, "blobs"))) utimesSync(file, 1, 1);
}

test("a prune removes the oldest records and blobs over the limits, and keeps what is young or named", () => {
  using at = temporaryFolder();
  const now = Date.now();
  for (const [name, days] of [
    ["a", 40],
    ["b", 3],
    ["c", 2],
    ["d", 1],
  ] as const)
    stored(at.path, name, now - days * DAY, 100);
  const { cache } = openCache(at.path, { maxBytes: 250 });
  const failed = cache.putBlob(Buffer.from("the fingerprint of a failed run")) ?? "";
  cache.history.append({
    task: "x:y",
    key: keyOf("x"),
    fingerprintDigest: failed,
    status: "failed",
    durationMs: 1,
    at: now,
    run: "r",
  });
  cache.putBlob(Buffer.from("nobody names this"));
  age(at.path);
  const young = cache.putBlob(Buffer.from("a record that names this is being written")) ?? "";
  expect(cache.prune()).toEqual({ records: 2, blobs: 3, bytes: 200 + "nobody names this".length });
  for (const reader of [cache, openCache(at.path).cache]) {
    expect(["a", "b", "c", "d"].filter((name) => reader.lookup(keyOf(name), ANY) !== undefined)).toEqual(["c", "d"]);
    expect([failed, young].map((digest) => reader.readBlob(digest).ok)).toEqual([true, true]);
  }
  expect(cache.prune()).toEqual({ records: 0, blobs: 0, bytes: 0 });
  expect(cache.prune({ maxAgeMs: DAY * 1.5 })).toMatchObject({ records: 1 });
});

test("a prune keeps the texts that a kept fingerprint names, by which why names files", () => {
  using at = temporaryFolder();
  const { cache } = openCache(at.path);
  const set = cache.putBlob(Buffer.from('[["a.py","100644","…"]]')) ?? "";
  const fingerprint = Buffer.from(JSON.stringify({ files: [["files", set]], tool: null }));
  const digest = digestOf(fingerprint);
  expect(
    cache.store(sampleRecord("a", { fingerprint: digest, storedAt: Date.now() }), [fingerprint, SAMPLE_BLOB]),
  ).toBe(true);
  age(at.path);
  expect(cache.prune()).toMatchObject({ blobs: 0 });
  expect(cache.readBlob(set).ok).toBe(true);
});

test("a prune keeps the newest of the same results, each that found something else, and drops damaged lines", () => {
  using at = temporaryFolder();
  const { cache } = openCache(at.path);
  const storedAt = Date.now();
  const other = [{ kind: "variable", name: "CI", digest: null }] as const;
  cache.store(sampleRecord("k", { storedAt, summary: "old" }), [SAMPLE_BLOB]);
  cache.store(sampleRecord("k", { storedAt: storedAt + 1, summary: "other", found: other }), []);
  cache.store(sampleRecord("k", { storedAt: storedAt + 2, summary: "new" }), []);
  cache.store(sampleRecord("k", { storedAt: storedAt + 2, summary: "new" }), []);
  const file = bucketFile(join(at.path, "records"), keyOf("k").slice(0, 2));
  appendFileSync(file, "garbage\n");
  expect(cache.prune()).toMatchObject({ records: 3 });
  expect(readFileSync(file, "latin1").split("\n").filter(Boolean)).toHaveLength(2);
  expect(cache.lookup(keyOf("k"), ANY)?.summary).toBe("new");
  expect(cache.lookup(keyOf("k"), () => false)?.summary).toBe("new");
});

test("pruning is due on the first day and then once a day", () => {
  using at = temporaryFolder();
  const { cache } = openCache(at.path);
  expect(cache.pruneIfDue()).toEqual({ records: 0, blobs: 0, bytes: 0 });
  expect(cache.pruneIfDue()).toBeUndefined();
  writeFileSync(join(at.path, "pruned"), String(Date.now() - 2 * DAY));
  expect(cache.pruneIfDue()).toEqual({ records: 0, blobs: 0, bytes: 0 });
});

test("a cleared cache is empty and can be used at once", () => {
  using at = temporaryFolder();
  const { cache } = openCache(at.path);
  const record = sampleRecord("a");
  cache.store(record, [SAMPLE_BLOB]);
  cache.lookup(record.key, ANY);
  cache.clear();
  expect(cache.lookup(record.key, ANY)).toBeUndefined();
  expect(readdirSync(at.path).filter((name) => name !== "locks")).toEqual([]);
  expect(cache.store(record, [SAMPLE_BLOB])).toBe(true);
  expect(cache.lookup(record.key, ANY)).toEqual(record);
});

test("each work tree has a memo of its own files", () => {
  using at = temporaryFolder();
  const { cache } = openCache(at.path);
  const stat = { size: 1, mtimeMs: 1, ctimeMs: 1, ino: 1, mode: 0o100644 };
  const memo = cache.fileMemo("/one");
  memo.set("a", stat, keyOf("a"));
  memo.save();
  expect(cache.fileMemo("/one").get("a", stat)).toBe(keyOf("a"));
  expect(cache.fileMemo("/two").get("a", stat)).toBeUndefined();
  const tools = cache.memo("tools");
  tools.set("ruff", "0.1");
  tools.save();
  expect(cache.memo("tools").get("ruff")).toBe("0.1");
  expect(existsSync(join(at.path, "tools.memo"))).toBe(true);
});
