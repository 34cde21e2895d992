import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readBlockYaml, type BlockValue } from "./block-yaml.ts";

test("maps, lists, quotes, long keys and texts over several lines are read", () => {
  const text = [
    "# a comment",
    "a: 1",
    "'b: c': 'it''s'",
    '"d\\"e":',
    "  f: {g: [h]}",
    "  list:",
    "    - one",
    "    - 'two'",
    "  same:",
    "  - three",
    "  text: |-",
    "    k: not a key",
    "",
    "      more",
    "  after: x",
    "? long",
    ": version: 1",
    "  deep:",
    "    n: 2",
    "end: {}",
  ].join("\n");
  expect(plain(readBlockYaml(text))).toEqual({
    a: "1",
    "b: c": "it's",
    'd"e': { f: "{g: [h]}", list: ["one", "two"], same: ["three"], text: "", after: "x" },
    long: { version: "1", deep: { n: "2" } },
    end: "{}",
  });
});

test.each([
  "a: &x 1",
  "a: *x",
  "a: !tag 1",
  "- a: 1",
  "a: 1\n    b: 2",
  "a:\n  - b\n  c: d",
  "<<<<<<< HEAD",
  "a: {b",
  "a\nb: 1",
])("what a lockfile is not written in is not read: %j", (text) => {
  expect(readBlockYaml(text)).toBeUndefined();
});

test("what is read is what a parser reads", () => {
  const word = fc.constantFrom("a", "b-c", "@s/d", "e@1.0.0(f@2)", "x y", "it's");
  const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    any: fc.oneof({ depthSize: "small" }, word, fc.array(word, { minLength: 1, maxLength: 3 }), tie("map")),
    map: fc.dictionary(word, tie("any"), { minKeys: 1, maxKeys: 4 }),
  })).map;
  fc.assert(
    fc.property(value, (document) => {
      const text = written(document, 0);
      expect(parse(text)).toEqual(document);
      expect(plain(readBlockYaml(text))).toEqual(document);
    }),
  );
});

/** In the style of package managers. */
function written(value: unknown, indent: number): string {
  if (typeof value !== "object" || value === null) return "";
  const pad = " ".repeat(indent);
  const lines = Object.entries(value).map(([key, each]: [string, unknown]) => {
    const head = `${pad}${/^\w/.test(key) && !key.includes("'") ? key : `"${key}"`}:`;
    if (typeof each === "string")
      return `${head} ${/^\w/.test(each) && !each.includes("'") ? each : `'${each.replaceAll("'", "''")}'`}`;
    if (Array.isArray(each)) return [head, ...each.map((item) => `${pad}  - "${String(item)}"`)].join("\n");
    return `${head}\n${written(each, indent + 2)}`;
  });
  return lines.join("\n");
}

function plain(value: BlockValue | undefined): unknown {
  return value instanceof Map
    ? Object.fromEntries([...value].map(([key, each]) => [key, plain(each as BlockValue)]))
    : value;
}
