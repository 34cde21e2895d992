import { expect, test } from "vitest";
import { code, htmlOf, jsonFor, markup } from "./markup.ts";

test("a text in a template is text, on one line", () => {
  const text = `<b title="x">&'\n\u202e\u0000\u001b[31mred`;
  expect(htmlOf(markup`<i class="${text}">${text}</i>`)).toBe(`<i class="${escaped}">${escaped}</i>`);
});

const escaped = "&#60;b title=&#34;x&#34;&#62;&#38;&#39; \\u202ered";

test("a line of source keeps its tabs and loses what moves a cursor", () => {
  expect(htmlOf(code("\tif a < b:\u001b[2J"))).toBe("\tif a &#60; b:");
});

test("data that looks like markup is not taken for it", () => {
  const forged: unknown = JSON.parse('{"HTML":"<img>","markup":"<img>","Symbol(html)":"<img>"}');
  expect(() => markup`${forged as string}`).toThrow();
});

test("nothing in JSON ends the element that it is in, and it is still the same JSON", () => {
  const value = ["</script>", "<!--<script>", "</SCRIPT >", "<b>"];
  const text = htmlOf(jsonFor(value));
  expect(text).not.toMatch(/<!--|<\/?script/i);
  expect(JSON.parse(text)).toEqual(value);
});
