import fc from "fast-check";
import picomatch from "picomatch";
import { expect, test } from "vitest";
import { simpleGlob } from "./simple-glob.ts";

const OPTIONS = { dot: true, windows: false, flags: "s" };

test.each(["a.py", "**", "**/*", "**/*.py", "**/a/b", "src/**", "a/b/**", "**/.git/**", "**/{a,b}", "{a,b}/**"])(
  "%s is simple",
  (glob) => {
    expect(simpleGlob(glob)).toBeDefined();
  },
);

test.each([
  "*.py",
  "a/*/b",
  "*.{a,b}",
  "{a}",
  "{a,}",
  "{a,{b,c}}",
  "[a]",
  "a?",
  "!a",
  "@(a)",
  "a\\*",
  "./a",
  "a/",
  "",
  "**/**/a",
])("%j is left to picomatch", (glob) => {
  expect(simpleGlob(glob)).toBeUndefined();
});

const part = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("a", "b", ".a", "a.py", ".py", "py", "ab", "a b", "ä", "a\nb", "~a", "-", "...", "&a"),
  },
  { weight: 3, arbitrary: fc.constantFrom("**", "*.py", "*", "*a", "**a") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ".",
      "..",
      "",
      "#a",
      "{a",
      "a}",
      "(a)",
      "a|b",
      "+a",
      "^a",
      "a$",
      "a,b",
      "<a>",
      "a:b",
      ":a",
      "'a'",
      "%",
      "=",
      ";a",
      "`a`",
      '"a"',
    ),
  },
);
const plain = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
const choice = fc
  .tuple(
    fc.constantFrom("", "**/", "a/", "a", "."),
    fc.array(plain, { minLength: 1, maxLength: 3 }),
    fc.constantFrom("", "/**", "/b", "b"),
  )
  .map(([before, parts, after]) => `${before}{${parts.join(",")}}${after}`);
const glob = fc.oneof(plain, choice);
const path = fc
  .array(
    fc.constantFrom(
      "a",
      "b",
      ".a",
      "a.py",
      ".py",
      "py",
      "ab",
      "a b",
      "ä",
      "a\nb",
      "~a",
      "-",
      "...",
      "&a",
      "#a",
      "'a'",
      "<a>",
      "a:b",
      ":a",
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => parts.join("/"));

test("a simple glob means what picomatch takes it for", () => {
  fc.assert(
    fc.property(glob, fc.array(path, { maxLength: 8 }), (each, paths) => {
      const simple = simpleGlob(each);
      if (simple === undefined) return;
      const known = picomatch(each, OPTIONS);
      expect(paths.map((one) => [one, simple(one)])).toEqual(paths.map((one) => [one, known(one)]));
    }),
    { numRuns: 3000 },
  );
});
