import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { pnpmPackages } from "./pnpm-workspace.ts";
import { plainList } from "./yaml-lines.ts";

test.each([
  ["packages:\n  - packages/*\n  - 'apps/*'\n  - \"!**/test/**\"\n", ["packages/*", "apps/*", "!**/test/**"]],
  ["# a comment\npackages: # all of them\n- a # one\n\n- b\ncatalog:\n  react: ^18\n", ["a", "b"]],
  ["catalog:\n  react: ^18\n", []],
  ["", []],
  ["packages: [a, 'b/*']\n", ["a", "b/*"]],
  ["packages:\n  - &first a\n  - *first\n", ["a", "a"]],
  ["{ packages: [a] }\n", ["a"]],
  ["packages:\n", []],
  ["onlyBuiltDependencies:\n  - esbuild\npackages:\n  - a\n", ["a"]],
])("the packages of %j are %j", (text, expected) => {
  expect(pnpmPackages({ path: "pnpm-workspace.yaml", text })).toEqual({ ok: true, value: expected });
});

test("a file that is no YAML is an error with its place", () => {
  expect(pnpmPackages({ path: "pnpm-workspace.yaml", text: "packages:\n  - [a\nx: 1\n" })).toMatchObject({
    ok: false,
    error: { code: "SYM7202", location: { file: "pnpm-workspace.yaml", line: 3 } },
  });
});

test("what is read without a parser is what the parser reads", () => {
  const item = fc.constantFrom(
    "a",
    "packages/*",
    '"x/**"',
    "'!y'",
    "a # b",
    "- b",
    "true",
    "1",
    '"a\\n"',
    "{a}",
    "a: b",
    "'it''s'",
    "[x]",
    "",
  );
  const line = fc.oneof(
    item.map((text) => `  - ${text}`),
    item.map((text) => `- ${text}`),
    fc.constantFrom(
      "packages:",
      "packages: []",
      "other:",
      "  key: x",
      "# packages:",
      "",
      '"packages":',
      "other: packages",
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const text = lines.join("\n");
      const plain = plainList(text, "packages");
      fc.pre(plain !== undefined);
      let value: unknown;
      try {
        value = parse(text);
      } catch {
        // What the parser refuses may be read here: other tools say what is wrong with it.
        return;
      }
      const packages = typeof value === "object" && value !== null && "packages" in value ? value.packages : undefined;
      expect(plain).toEqual(Array.isArray(packages) ? packages.filter((each) => typeof each === "string") : []);
    }),
    { numRuns: 500 },
  );
});

test("a line that goes on with the item before it is left to the parser", () => {
  expect(plainList("packages:\n- a\n  - a", "packages")).toBeUndefined();
  expect(plainList("packages:\n  - a\n- b", "packages")).toBeUndefined();
  expect(plainList("packages:\n  - a\n\n  # more\n  - b", "packages")).toEqual(["a", "b"]);
});
