import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../core/json.ts";
import { toJson, toJsonText } from "./to-json.ts";

test("JSON comes out as it went in", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      expect(JSON.parse(toJsonText(value) ?? "")).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("nothing stays nothing, and members that are undefined are left out", () => {
  expect(toJsonText(undefined)).toBeUndefined();
  expect(toJson({ a: 1, b: undefined })).toEqual({ a: 1 });
  expect(toJson(undefined)).toBeNull();
});

const circle: { own?: unknown } = {};
circle.own = circle;
let deep: JsonValue = [];
for (let level = 0; level < 100_000; level += 1) deep = [deep];

test.each<[string, unknown, string]>([
  ["a function", { a: () => 1 }, "it is not JSON: no functions"],
  ["a promise", Promise.resolve(1), "it is not JSON: no functions, promises"],
  ["a date", [new Date(0)], "dates"],
  ["an instance of a class", { a: new Map() }, "instances of classes"],
  ["a number that is none", { a: [Number.NaN] }, "NaN is not JSON"],
  ["a number without end", Infinity, "Infinity is not JSON"],
  ["a big integer", { a: 1n }, "BigInt"],
  ["what holds itself", circle, "it holds itself, or is nested too deep"],
  ["what is nested beyond measure", deep, "it holds itself, or is nested too deep"],
  ["a text beyond measure", "x".repeat(16 * 1024 * 1024), "it is longer than 16 MiB"],
])("%s is refused with its reason", (_title, value, reason) => {
  expect(() => toJsonText(value)).toThrow(reason);
});
