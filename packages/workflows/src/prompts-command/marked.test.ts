import { expect, test } from "vitest";
import { isAsWritten, marked, markedJson } from "./marked.ts";

const MANIFEST = markedJson('{"name":"dev","version":"0.0.9"}');

test("what was written is known again, a text and a manifest, and stays what it is", () => {
  expect(isAsWritten(marked("a\n"))).toBe(true);
  expect(isAsWritten(MANIFEST)).toBe(true);
  expect(JSON.parse(MANIFEST)).toEqual({
    ...{ name: "dev", version: "0.0.9" },
    keywords: [expect.stringMatching(/^symbiotic-prompts-[0-9a-f]{16}$/)],
  });
});

test.each([
  ["a text without a mark", "a\n"],
  ["a text with a line more", `${marked("a\n")}b\n`],
  ["a text with another word", marked("a\n").replace("a", "b")],
  ["a manifest with another value of our keys", MANIFEST.replace("0.0.9", "9.0.0")],
  ["a manifest with a key more", MANIFEST.replace("{", '{ "author": "me",')],
  ["a manifest with other spaces", MANIFEST.replace("{", "{ ")],
  ["a manifest without a mark", '{"name":"dev","description":"mine"}\n'],
  ["a list", "[]\n"],
  ["an empty text", ""],
])("%s is somebody's own", (_what, text) => {
  expect(isAsWritten(text)).toBe(false);
});
