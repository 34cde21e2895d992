import fc from "fast-check";
import { expect, test } from "vitest";
import {
  countLines,
  intersection,
  type LineRange,
  parseRanges,
  rangesOf,
  rangesText,
  union,
  without,
} from "./line-ranges.ts";

test("ranges are read sorted and joined; what is no range is left out", () => {
  expect(parseRanges("7,1-4,5")).toEqual([
    [1, 5],
    [7, 7],
  ]);
  expect(parseRanges("")).toEqual([]);
  expect(parseRanges("0,x,4-2,-1,1-99999999,3-3")).toEqual([[3, 3]]);
});

const some = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(5)), { maxLength: 6 });
const spans = (pairs: readonly (readonly [number, number])[]): readonly LineRange[] =>
  parseRanges(pairs.map(([first, more]) => `${String(first)}-${String(first + more)}`).join(","));
const linesOf = (ranges: readonly LineRange[]): number[] =>
  ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at));

test("union, intersection and difference are those of the sets of lines", () => {
  fc.assert(
    fc.property(some, some, (left, right) => {
      const [a, b] = [spans(left), spans(right)];
      const set = new Set(linesOf(b));
      expect(linesOf(union(a, b))).toEqual([...new Set([...linesOf(a), ...set])].sort((x, y) => x - y));
      expect(linesOf(intersection(a, b))).toEqual(linesOf(a).filter((line) => set.has(line)));
      expect(linesOf(without(a, b))).toEqual(linesOf(a).filter((line) => !set.has(line)));
      expect(rangesOf(linesOf(a).toReversed())).toEqual(a);
      expect(countLines(a)).toBe(linesOf(a).length);
      expect(parseRanges(rangesText(a))).toEqual(a);
    }),
  );
});
