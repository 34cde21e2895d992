import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { encodeFrame } from "./frame.ts";
import type { CacheRecord } from "./record.ts";
import { bucketFile, openRecords } from "./records.ts";
import { exitCodes, keyOf, sampleRecord, startProgram, temporaryFolder } from "./testing/samples.ts";

const ANY = (): boolean => true;

function fileOf(folder: string, record: CacheRecord): string {
  return bucketFile(folder, record.key.slice(0, 2));
}

test("a record is found under its key, also when the store is opened again", () => {
  using at = temporaryFolder();
  const record = sampleRecord("a", {
    found: [
      { kind: "file", path: "conf\udcffig.py", digest: null },
      { kind: "absent", path: "src/é.py" },
      { kind: "listing", path: "src", digest: keyOf("names") },
      { kind: "variable", name: "CI", digest: null },
      { kind: "body", path: "src/a.py", name: "f", digest: keyOf("body") },
    ],
    outputs: [{ path: "out/x", mode: "100755", size: 3, blob: keyOf("x"), volatile: true }],
    log: keyOf("log"),
    batch: { id: "b", members: 2 },
    pinned: { reply: keyOf("reply") },
    pathBound: true,
  });
  const records = openRecords(at.path);
  records.append(record);
  expect(records.find(record.key, ANY)).toEqual(record);
  expect(openRecords(at.path).find(record.key, ANY)).toEqual(record);
  expect(openRecords(at.path).find(keyOf("b"), ANY)).toBeUndefined();
});

test("of the records under one key the newest is given whose dependencies all hold", () => {
  using at = temporaryFolder();
  const records = openRecords(at.path);
  for (const [summary, names] of [
    ["old", ["A"]],
    ["middle", ["A", "B"]],
    ["new", ["A", "C"]],
  ] as const) {
    const found = names.map((name) => ({ kind: "variable", name, digest: null }) as const);
    records.append(sampleRecord("k", { summary, found }));
  }
  const under = (holds: readonly string[]): string | undefined =>
    records.find(keyOf("k"), (dependency) => dependency.kind === "variable" && holds.includes(dependency.name))
      ?.summary;
  expect([under(["A", "B", "C"]), under(["A", "B"]), under(["A"]), under(["B"])]).toEqual([
    "new",
    "middle",
    "old",
    undefined,
  ]);
});

test("a record with a kind of dependency or a version that is not known is a miss", () => {
  using at = temporaryFolder();
  const known = sampleRecord("k");
  for (const more of [
    { found: [{ kind: "clock", path: "a", name: "b", digest: keyOf("c") }] },
    { v: 2 },
    { status: "failed" },
    { outputs: [{ path: "x" }] },
  ]) {
    appendFileSync(
      fileOf(at.path, known),
      encodeFrame({ name: known.key, json: JSON.stringify({ ...known, ...more }) }),
    );
  }
  const records = openRecords(at.path);
  expect(records.find(known.key, ANY)).toBeUndefined();
  records.append(known);
  expect(records.find(known.key, ANY)).toEqual(known);
});

test("a record that lies under another key than its own is a miss", () => {
  using at = temporaryFolder();
  const [a, b] = [sampleRecord("a"), sampleRecord("b")];
  appendFileSync(fileOf(at.path, a), encodeFrame({ name: a.key, json: JSON.stringify(b) }));
  expect(openRecords(at.path).find(a.key, ANY)).toBeUndefined();
});

test("a write cut off at any byte loses that record alone, and is counted", () => {
  using at = temporaryFolder();
  const [first, last] = [sampleRecord("k", { summary: "first" }), sampleRecord("k", { summary: "last" })];
  const file = fileOf(at.path, first);
  const whole = [first, last].map((record) => encodeFrame({ name: record.key, json: JSON.stringify(record) }));
  const [head = Buffer.alloc(0), tail = Buffer.alloc(0)] = whole;
  for (let length = 0; length < tail.length - 1; length += 1) {
    writeFileSync(file, Buffer.concat([head, tail.subarray(0, length)]));
    const records = openRecords(at.path);
    expect(records.find(first.key, ANY)?.summary, `cut at ${length}`).toBe("first");
  }
  for (const length of [1, 2, 40, tail.length - 2]) {
    writeFileSync(file, Buffer.concat([head, tail.subarray(0, length)]));
    const records = openRecords(at.path);
    records.find(first.key, ANY);
    records.append(sampleRecord("k", { summary: "next" }));
    const all = openRecords(at.path).all();
    expect(records.find(first.key, ANY)?.summary, `cut at ${length}`).toBe("next");
    expect(
      all.map(({ summary }) => summary),
      `cut at ${length}`,
    ).toEqual(["first", "next"]);
  }
  writeFileSync(file, Buffer.concat([head, tail.subarray(0, -40), head]));
  const damaged = openRecords(at.path);
  damaged.all();
  expect(damaged.skipped()).toEqual({ damaged: 1, foreign: 0 });
});

test("whatever happens to the bytes of a store, it gives only records that were stored, under their own keys", () => {
  using at = temporaryFolder();
  const stored = ["a", "b", "c"].map((name) => sampleRecord("k", { summary: name, task: `p:${name}` }));
  const whole = Buffer.concat(stored.map((record) => encodeFrame({ name: record.key, json: JSON.stringify(record) })));
  const change = fc.record({ at: fc.nat(whole.length - 1), bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), fc.nat(whole.length), (changes, end) => {
      const bytes = Buffer.from(whole);
      for (const { at: offset, bytes: other } of changes) bytes.set(other.slice(0, whole.length - offset), offset);
      writeFileSync(bucketFile(at.path, keyOf("k").slice(0, 2)), bytes.subarray(0, end));
      const records = openRecords(at.path);
      const found = records.find(keyOf("k"), ANY);
      if (found !== undefined) expect(stored).toContainEqual(found);
      for (const record of records.all()) expect(stored).toContainEqual(record);
    }),
    { numRuns: 150 },
  );
});

test("what another user of the store appends is seen after a reload", () => {
  using at = temporaryFolder();
  const [mine, theirs] = [openRecords(at.path), openRecords(at.path)];
  const record = sampleRecord("k");
  expect(mine.find(record.key, ANY)).toBeUndefined();
  theirs.append(record);
  expect(mine.find(record.key, ANY)).toBeUndefined();
  mine.reload();
  expect(mine.find(record.key, ANY)).toEqual(record);
});

test("processes that append to one file at once lose and mix nothing", async () => {
  using at = temporaryFolder();
  mkdirSync(at.path, { recursive: true });
  const [processes, each] = [3, 200];
  const record = sampleRecord("k");
  const program = `
    import { openRecords } from ${JSON.stringify(new URL("./records.ts", import.meta.url).href)};
    const [folder, json, name, count] = process.argv.slice(1);
    const records = openRecords(folder);
    for (let at = 0; at < Number(count); at += 1) records.append({ ...JSON.parse(json), summary: name + at });`;
  const started = Array.from({ length: processes }, (_, name) => {
    const args = [at.path, JSON.stringify(record), `${name}-`, String(each)];
    const { child, stop } = startProgram(program, args);
    onTestFinished(stop);
    return child;
  });
  expect(await exitCodes(started)).toEqual(started.map(() => 0));
  const records = openRecords(at.path);
  const expected = started.flatMap((_, name) => Array.from({ length: each }, (__, count) => `${name}-${count}`));
  expect(new Set(records.all().map(({ summary }) => summary))).toEqual(new Set(expected));
  expect(records.skipped()).toEqual({ damaged: 0, foreign: 0 });
  expect(readFileSync(fileOf(at.path, record), "latin1").split("\n").filter(Boolean)).toHaveLength(processes * each);
});
