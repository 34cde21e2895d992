import fc from "fast-check";
import { expect, test } from "vitest";
import { readManifest } from "./read-manifest.ts";
import { brokenJson } from "./broken-json.ts";

test.each([
  ['{\n  "name": "a",\n}', 3, 1, "`}` is not expected here"],
  ['{\n  "name" "a"\n}', 2, 10, '`"` is not expected here'],
  ['{ "a": 1 "b": 2 }', 1, 10, '`"` is not expected here'],
  ["{ 'a': 1 }", 1, 3, "`'` is not expected here"],
  ['{ "a": tru }', 1, 8, "`t` is not expected here"],
  ['{ "a": [1, 2 }', 1, 14, "`}` is not expected here"],
  ['{ "a": [1, ] }', 1, 12, "`]` is not expected here"],
  ["{}\n}", 2, 1, "`}` is not expected here"],
  ['{ "a": 1', 1, 9, "it ends too early"],
  ['{\n  "a": "x\n}', 2, 8, '`"` is not expected here'],
  ["", 1, 1, "it ends too early"],
  ['<<<<<<< HEAD\n{ "a": 1 }', 1, 1, "`<` is not expected here"],
])("the place of the mistake in %j is said", (text, line, column, why) => {
  expect(readManifest({ path: "p/package.json", text })).toMatchObject({
    ok: false,
    error: {
      code: "SYM7201",
      message: `p/package.json is not valid JSON: ${why}`,
      location: { file: "p/package.json", line, column },
      excerpt: text.split("\n")[line - 1],
    },
  });
});

test("whatever is cut or put into a text, the mistake is found where the text is still good in front of it", () => {
  const documents = fc.json({ maxDepth: 3 });
  fc.assert(
    fc.property(
      documents,
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.constantFrom("", ",", "}", "]", '"', ":", "x", "1", "\n"),
      (text, at, cut, put) => {
        const start = at % (text.length + 1);
        const broken = text.slice(0, start) + put + text.slice(start + cut);
        let isJson = true;
        try {
          JSON.parse(broken);
        } catch {
          isJson = false;
        }
        fc.pre(!isJson);
        const { location } = brokenJson("package.json", broken);
        const lines = broken.split(/\r\n|\n|\r/);
        const before =
          [...lines.slice(0, (location?.line ?? 1) - 1), ""].join("\n").length + (location?.column ?? 1) - 1;
        expect(location?.column).toBeLessThanOrEqual((lines[(location?.line ?? 1) - 1]?.length ?? 0) + 1);
        expect(endsTooEarly(broken.slice(0, before))).toBe(true);
      },
    ),
  );
});

/** Whether a text is JSON, or would be if it went on. */
function endsTooEarly(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    return said.includes("end of JSON") || said.includes(`position ${String(text.length)} `);
  }
}
