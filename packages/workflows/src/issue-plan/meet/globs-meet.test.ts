import { posix } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { globsMeet } from "./globs-meet.ts";

test.each([
  ["src/a.py", "src/a.py", true],
  ["src", "src/a.py", true],
  ["src/", "src/deep/a.py", true],
  ["src/a", "src/ab.py", false],
  ["src/**", "src/a/b.py", true],
  ["src/**/*.py", "src/**/*.ts", false],
  ["src/**/*.py", "**/test_*.py", true],
  ["src/*.py", "src/deep/*.py", false],
  ["src/*.py", "src/*_test.py", true],
  ["src/a*b", "src/*c", false],
  ["src/a*", "src/*c", true],
  ["**", "anything/at/all", true],
  ["docs/**", "src/**", false],
  ["src/{a,b}/**", "src/b/x.py", true],
  ["src/{a,b}/**", "src/c/x.py", false],
  ["src/?.py", "src/a.py", true],
  ["src/?.py", "src/ab.py", false],
  ["src/[ab].py", "src/a.py", true],
])("%s and %s", (a, b, wanted) => {
  expect([globsMeet(a, b), globsMeet(b, a)]).toEqual([wanted, wanted]);
});

const PARTS = ["a", "b", "ab", "a*", "*b", "*", "**", "?", "{a,b}"];
const PATHS = ["a", "b", "ab"].flatMap((one) => [
  one,
  ...["a", "b", "ab"].flatMap((two) => [`${one}/${two}`, `${one}/${two}/a`]),
]);

test("where one path fits both globs, they meet", () => {
  const glob = fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
  fc.assert(
    fc.property(glob, glob, (a, b) => {
      const fits = [a, b].map(
        (each) =>
          (path: string): boolean =>
            posix.matchesGlob(path, each),
      );
      if (PATHS.some((path) => fits.every((matches) => matches(path)))) expect(globsMeet(a, b)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("a hundred alternatives and stars take no long time", () => {
  const many = `src/${"{a,b,c,d}".repeat(20)}/**`;
  expect(globsMeet(many, `src/${"*a".repeat(100)}`)).toBe(true);
  expect(globsMeet(`${"**/".repeat(60)}x`, `${"**/a/".repeat(60)}y`)).toBe(false);
});
