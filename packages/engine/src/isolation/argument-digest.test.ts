import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../core/json.ts";
import { argumentsText, valueText } from "./argument-digest.ts";

const NONE: readonly string[] = [];

test("equal arguments have one text, whatever the order of their members", () => {
  expect(argumentsText([{ a: 1, b: [{ c: 2, d: 3 }] }, "x"], NONE)).toBe(
    argumentsText([{ b: [{ d: 3, c: 2 }], a: 1 }, "x"], NONE),
  );
});

test("a member that is undefined is as one that is not there", () => {
  expect(argumentsText([{ a: 1, b: undefined }], NONE)).toBe(argumentsText([{ a: 1 }], NONE));
});

test("what is left out of the first argument does not count; of another one it does", () => {
  expect(argumentsText([{ a: 1, options: 1 }], ["options"])).toBe(argumentsText([{ a: 1, options: 2 }], ["options"]));
  expect(argumentsText([{}, { options: 1 }], ["options"])).not.toBe(argumentsText([{}, { options: 2 }], ["options"]));
});

test.each<[string, readonly unknown[], readonly unknown[]]>([
  ["one more argument", [{}], [{}, undefined]],
  ["a text and a number", [{ a: "1" }], [{ a: 1 }]],
  ["nothing and null", [undefined], [null]],
  ["a list of objects in another order", [[{ a: 1 }, { a: 2 }]], [[{ a: 2 }, { a: 1 }]]],
  ["a list in a list", [[{ a: 1 }]], [[[{ a: 1 }]]]],
  ["a name that looks like two members", [{ 'a":1,"b': 2 }], [{ a: 1, b: 2 }]],
  ["an empty list and an empty object", [{ a: [] }], [{ a: {} }]],
])("%s differ", (_title, one, other) => {
  expect(argumentsText(one, NONE)).not.toBe(argumentsText(other, NONE));
});

test("values have the same text if and only if they are the same JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const [one, other] = [JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b))] as [never, never];
      expect(valueText(one) === valueText(other)).toBe(canonicalJson(one) === canonicalJson(other));
      expect(valueText(structuredClone(one))).toBe(valueText(one));
    }),
  );
});
