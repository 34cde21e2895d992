import fc from "fast-check";
import { expect, test } from "vitest";
import { matcher } from "../../../../workspace/match.ts";
import { patternGlobs } from "./pattern-globs.ts";

test.each<[string, readonly string[]]>([
  ["", ["**"]],
  ["^$", []],
  ["\\.py$", ["**/*.py"]],
  ["^src/", ["src/**/*"]],
  ["^src/.*\\.py$", ["src/**/*.py"]],
  ["^(src|tests)/", ["src/**/*", "tests/**/*"]],
  ["\\.(js|ts)$", ["**/*.js", "**/*.ts"]],
  ["^docs/conf\\.py$", ["docs/conf.py"]],
  ["src/", ["**/*src/**/*"]],
  ["/migrations/", ["**/*/migrations/**/*"]],
  ["^src/[^/]+\\.py$", ["src/*.py"]],
  ["(?x)^(\n  a/.*  # generated\n  | b\\.py\n)$", ["a/**/*", "b.py"]],
])("%j means the globs %j", (pattern, globs) => {
  expect(patternGlobs(pattern)).toEqual(globs);
});

test.each(["^(?!src/)", "^src/\\w+", "a{2}", "^(a|b)?c", "[abc]/", "a(", "^src/a.*b$", "^\\d+$", "(?i)readme"])(
  "%j is nothing that globs can say",
  (pattern) => {
    expect(patternGlobs(pattern)).toBeUndefined();
  },
);

const folders = fc.array(fc.constantFrom("a", "b", "src", "ab", "x.d"), { maxLength: 3 });
const path = fc
  .tuple(folders, fc.constantFrom("x.py", "y.js", "src.py", "ab.py", "a.b"))
  .map(([above, name]) => [...above, name].join("/"));
const piece = fc.constantFrom(
  "a",
  "src",
  "\\.py",
  "/",
  ".*",
  "[^/]*",
  "(a|b)",
  "(?:src|ab)/",
  "x",
  "\\.(py|js)",
  ".*/",
);
const pattern = fc
  .tuple(fc.constantFrom("", "^"), fc.array(piece, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "$"))
  .map(([start, pieces, end]) => start + pieces.join("") + end);

test("globs mean the files that the pattern finds, and no others", () => {
  let translated = 0;
  fc.assert(
    fc.property(pattern, fc.array(path, { minLength: 5, maxLength: 20 }), (source, paths) => {
      const globs = patternGlobs(source);
      if (globs === undefined) return;
      translated += 1;
      const [meant, found] = [matcher(globs), new RegExp(source)];
      for (const each of paths)
        expect([source, globs, each, meant(each)]).toEqual([source, globs, each, found.test(each)]);
    }),
    { numRuns: 2000 },
  );
  expect(translated).toBeGreaterThan(200);
});
