import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../core/json.ts";
import { encodeSnapshot } from "./format.ts";
import { seenTable } from "./seen-paths.ts";
import { parseSnapshot } from "./snapshot-file.ts";

const TABLE = seenTable([{ path: "a", kind: "absent", digest: "", isSettled: true }]);
const OWN = { command: "run all", version: "1.0.0" };

test("a snapshot of another version, or with something else in its place, is none", () => {
  const json = fc.oneof(
    fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as JsonValue),
    fc.record({ command: fc.constantFrom("run all", "run"), version: fc.constantFrom("1.0.0", "1.0.1") }),
    fc.constantFrom<JsonValue>(null, [], "run all", 1),
  );
  fc.assert(
    fc.property(json, (head) => {
      const stored = parseSnapshot(encodeSnapshot(head, TABLE, "[]"), OWN.version);
      const version = typeof head === "object" && head !== null && "version" in head ? head.version : undefined;
      expect(stored !== undefined).toBe(version === OWN.version);
    }),
    { numRuns: 500 },
  );
});

test("any bytes are a snapshot that was written, or none", () => {
  const whole = encodeSnapshot(OWN, TABLE, "[]");
  expect(parseSnapshot(whole, OWN.version)).toBeDefined();
  const change = fc.tuple(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), fc.nat(whole.length + 9), (changes, end) => {
      const bytes = Buffer.concat([whole, Buffer.alloc(9)]);
      for (const [at, other] of changes) bytes.set(other, at);
      const damaged = bytes.subarray(0, end);
      expect(parseSnapshot(damaged, OWN.version) !== undefined).toBe(damaged.equals(whole));
    }),
    { numRuns: 500 },
  );
});
