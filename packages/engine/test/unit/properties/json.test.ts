import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, type JsonValue } from "../../../src/core/json.ts";

/** Any text that a string can hold, lone surrogates too. */
const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 4 }),
  fc.constantFrom("", "a", "b", "__proto__", "10", "9", "\udce9", String.raw`\udce9`),
);

const anyJson: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(fc.constantFrom(null, true, false, 0, 1), fc.double({ noNaN: true, noDefaultInfinity: true }), anyText),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(anyText, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/** The value as JSON has it: -0 is 0 there. */
function throughJson(value: JsonValue): unknown {
  return JSON.parse(JSON.stringify(value));
}

function withKeysTurned(value: JsonValue): JsonValue {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withKeysTurned);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, withKeysTurned(member)]),
  );
}

test("the order in which keys were set does not show", () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      expect(canonicalJson(withKeysTurned(value))).toBe(canonicalJson(value));
    }),
  );
});

test("two values have the same text exactly when they are the same value", () => {
  const close = fc.tuple(anyJson, anyJson);
  const equal = anyJson.map((value) => [value, withKeysTurned(value)] as const);
  fc.assert(
    fc.property(fc.oneof(close, equal), ([a, b]) => {
      expect(canonicalJson(a) === canonicalJson(b)).toBe(isDeepStrictEqual(throughJson(a), throughJson(b)));
    }),
    { numRuns: 1000 },
  );
});

test("the text is well-formed, without white space of its own, and gives the value back", () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      const text = canonicalJson(value);
      expect(text.isWellFormed()).toBe(true);
      expect(isDeepStrictEqual(JSON.parse(text), throughJson(value))).toBe(true);
      expect(text.length).toBe(JSON.stringify(value).length);
    }),
  );
});

test("the order of a list counts, and so does where one list ends and the next begins", () => {
  expect(canonicalJson(["ab", "c"])).not.toBe(canonicalJson(["a", "bc"]));
  expect(canonicalJson([[1], [2]])).not.toBe(canonicalJson([[1, 2], []]));
  fc.assert(
    fc.property(fc.uniqueArray(anyText, { minLength: 2, maxLength: 5 }), (list) => {
      expect(canonicalJson(list)).not.toBe(canonicalJson(list.toReversed()));
    }),
  );
});

test("what is not JSON is refused", () => {
  for (const wrong of [undefined, [undefined], Number.NaN, Number.POSITIVE_INFINITY, () => 1, Symbol("s"), 1n]) {
    expect(() => canonicalJson(wrong)).toThrow(TypeError);
  }
});
