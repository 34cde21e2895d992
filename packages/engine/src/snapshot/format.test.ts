import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../core/json.ts";
import { checksum } from "./checksum.ts";
import { decodeSnapshot, encodeSnapshot } from "./format.ts";
import { digestAt, kindAt, seenTable, stateAt, type SeenKind, type SeenPath } from "./seen-paths.ts";

const KINDS: readonly SeenKind[] = ["file", "input", "folder", "entry", "place", "absent", "records", "index"];
const number = fc.double({ noNaN: true, min: 0 });
const path: fc.Arbitrary<SeenPath> = fc.record({
  path: fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !text.includes("\0") && text.isWellFormed()),
  kind: fc.constantFrom(...KINDS),
  digest: fc.oneof(
    fc.constant(""),
    fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b) => Buffer.from(b).toString("hex")),
  ),
  stat: fc.record({ size: number, mtimeMs: number, ctimeMs: number, ino: number, mode: number }),
  isSettled: fc.constant(true),
});
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);

const SAMPLE = encodeSnapshot(
  { command: "run" },
  seenTable([{ path: "a", kind: "absent", digest: "", isSettled: true }]),
  "[]",
);

/** Puts the right check on bytes that were changed. */
function checked(change: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(SAMPLE);
  change(bytes);
  checksum(bytes.subarray(16)).copy(bytes, 8);
  return bytes;
}

test("what is written is read", () => {
  fc.assert(
    fc.property(json, fc.array(path), fc.string(), (head, seen, events) => {
      const read = decodeSnapshot(encodeSnapshot(head, seenTable(seen), events));
      expect(read?.head).toEqual(head);
      expect(read?.events()).toBe(Buffer.from(events).toString("utf8"));
      const rows = read?.seen.paths.map((each, at) => ({
        path: each,
        kind: kindAt(read.seen, at),
        digest: digestAt(read.seen, at),
        stat: stateAt(read.seen, at),
      }));
      expect(rows).toEqual(
        seen.map((each) => ({
          path: each.path,
          kind: each.kind,
          digest: each.digest || "0".repeat(64),
          stat: each.stat,
        })),
      );
    }),
  );
});

test("damaged, cut and foreign bytes are no snapshot", () => {
  expect(decodeSnapshot(SAMPLE)).toBeDefined();
  fc.assert(
    fc.property(fc.nat(SAMPLE.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const bytes = Buffer.from(SAMPLE);
      bytes[at] = (bytes[at] ?? 0) ^ mask;
      expect(decodeSnapshot(bytes)).toBeUndefined();
    }),
  );
  const expectNone = (bytes: Uint8Array): void => {
    expect(decodeSnapshot(Buffer.from(bytes))).toBeUndefined();
  };
  fc.assert(
    fc.property(fc.nat(SAMPLE.length - 1), (cut) => {
      expectNone(SAMPLE.subarray(0, cut));
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), (more) => {
      expectNone(Buffer.concat([SAMPLE, more]));
    }),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), expectNone));
});

test("bytes with a right check and lengths that cannot be are no snapshot", () => {
  const lengths = fc.oneof(fc.double(), fc.integer({ min: -9, max: 400 }));
  fc.assert(
    fc.property(fc.nat(5), lengths, (part, length) => {
      const bytes = checked((each) => each.writeDoubleLE(length, 16 + part * 8));
      if (!bytes.equals(SAMPLE)) expect(decodeSnapshot(bytes)).toBeUndefined();
    }),
  );
  const text = SAMPLE.toString("latin1").indexOf('{"command"');
  expect(decodeSnapshot(checked((each) => void each.write("[[[[", text)))).toBeUndefined();
});
