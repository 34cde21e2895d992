import { mkdirSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeFrame } from "./frame.ts";
import { blobsOf, type CacheRecord, isCacheRecord } from "./record.ts";
import { bucketFile, openRecords } from "./records.ts";
import { keyOf, sampleRecord, temporaryFolder } from "./testing/samples.ts";

const KEY = keyOf("k");
const FILE_PREFIX = KEY.slice(0, 2);
const ANY = (): boolean => true;
const WHOLE: CacheRecord = sampleRecord("k", {
  found: [
    { kind: "file", path: "a", digest: null },
    { kind: "listing", path: "src", digest: keyOf("names") },
    { kind: "variable", name: "CI", digest: null },
  ],
  outputs: [{ path: "out/x", mode: "100755", size: 3, blob: keyOf("x"), volatile: true }],
  log: keyOf("log"),
  inline: { log: "text" },
  batch: { id: "b", members: 2 },
  pinned: { reply: keyOf("reply") },
  pathBound: true,
});

const members = Object.keys(WHOLE);
/** Any JSON, with the names and the shapes of a record's parts in it. */
const json = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, {}, [], [null], [[]], "x".repeat(64), -1, 1e21, { kind: "file" }, [{ path: "../x" }]),
  fc.dictionary(fc.constantFrom(...members, "kind", "path", "__proto__"), fc.jsonValue()),
);

/** Reads a store that holds these texts as frames with right checks. */
function readBack(folder: string, texts: readonly string[]): readonly (CacheRecord | undefined)[] {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    bucketFile(folder, FILE_PREFIX),
    Buffer.concat(texts.map((text) => encodeFrame({ name: KEY, json: text }))),
  );
  const records = openRecords(folder);
  const found = records.find(KEY, ANY);
  return [found, ...records.all()];
}

/** What a record says can be used without a further look at its shape. */
function expectUsable(record: CacheRecord | undefined): void {
  if (record === undefined) return;
  expect(isCacheRecord(record)).toBe(true);
  expect(record.key).toBe(KEY);
  expect(record.status).toBe("ok");
  for (const digest of blobsOf(record)) expect(digest).toHaveLength(64);
  for (const { path, size, mode } of record.outputs)
    expect([typeof path, typeof size, typeof mode]).toEqual(["string", "number", "string"]);
}

test("a record of which one part is something else is none, or one that can be used", () => {
  using at = temporaryFolder();
  fc.assert(
    fc.property(fc.constantFrom(...members), json, (member, value) => {
      for (const record of readBack(at.path, [JSON.stringify({ ...WHOLE, [member]: value })])) expectUsable(record);
    }),
    { numRuns: 400 },
  );
});

test("any JSON, and any text, that has a right check is no record", () => {
  using at = temporaryFolder();
  fc.assert(
    fc.property(
      fc.oneof(
        json.map((value) => JSON.stringify(value)),
        fc.string(),
        fc.constant("[".repeat(100_000)),
      ),
      (text) => {
        const [found, ...all] = readBack(at.path, [text]);
        expect([found, ...all]).toEqual([undefined]);
      },
    ),
    { numRuns: 200 },
  );
});

test("what is no record leaves those before and behind it", () => {
  using at = temporaryFolder();
  const whole = JSON.stringify(WHOLE);
  fc.assert(
    fc.property(
      fc.array(
        json.map((value) => JSON.stringify(value)),
        { maxLength: 5 },
      ),
      (others) => {
        const [found, ...all] = readBack(at.path, [whole, ...others, whole]);
        expect(found).toEqual(WHOLE);
        expect(all).toEqual([WHOLE, WHOLE]);
      },
    ),
    { numRuns: 200 },
  );
});

test("any bytes at all in the place of records are no record", () => {
  using at = temporaryFolder();
  mkdirSync(at.path, { recursive: true });
  const line = fc.string({ unit: fc.constantFrom("1", "2", " ", "\n", "0", "f", "{", "}", '"'), maxLength: 60 });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        line.map((text) => Buffer.from(text)),
      ),
      (bytes) => {
        writeFileSync(bucketFile(at.path, FILE_PREFIX), bytes);
        const records = openRecords(at.path);
        expect(records.find(KEY, ANY)).toBeUndefined();
        expect(records.all()).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});
