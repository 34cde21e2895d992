import fc from "fast-check";
import { expect, test } from "vitest";
import { text as anyText } from "../../../test/report/arbitrary-events.ts";
import type { FileCoverage } from "../run-report.ts";
import { coveragePages } from "./htmlcov.ts";

const file = (more: Partial<FileCoverage> = {}): FileCoverage => ({
  ...{ file: "src/a.py", projects: ["app"], covered: 1, lines: 2, percent: 50, changed: null },
  ...{ executed: [[1, 1]], missing: [[3, 3]], branches: [] },
  ...more,
});

test("a page shows which lines ran and which did not", () => {
  const { pages, changed } = coveragePages([file()], () => ["\tx = 1 < 2", "", "y"]);
  expect(changed).toEqual([]);
  expect(pages.map(({ name }) => name)).toEqual(["index.html", expect.stringMatching(/^src_a\.py-[0-9a-f]{8}\.html$/)]);
  expect(pages[1]?.text).toContain(
    '<tr class="ran"><td class="n">1</td><td class="s"></td><td><code>\tx = 1 &#60; 2</code>',
  );
  expect(pages[1]?.text).toContain('<tr class="not"><td class="n">3</td><td class="s">not run</td>');
  expect(pages[0]?.text).toContain(`href="${pages[1]?.name ?? ""}"`);
});

test("a file that has changed, or is shorter than what was measured, shows no lines", () => {
  for (const lines of [undefined, ["x", "y"]]) {
    const { pages, changed } = coveragePages([file()], () => lines);
    expect(changed).toEqual(["src/a.py"]);
    expect(pages[1]?.text).toContain("has changed since it was measured");
    expect(pages[1]?.text).not.toContain("<code>");
  }
});

test("files whose names differ only in what no file system takes have pages of their own", () => {
  const { pages } = coveragePages([file(), file({ file: "src_a.py" }), file({ file: "src\\a.py" })], () => undefined);
  expect(new Set(pages.map(({ name }) => name)).size).toBe(4);
});

test("whatever stands in names and lines, the page has no other elements than its own", () => {
  const nasty = fc.oneof(anyText, fc.constantFrom("<script>alert(1)</script>", '"><img src=x>', "&lt;"));
  fc.assert(
    fc.property(nasty, nasty, (name, line) => {
      const { pages } = coveragePages([file({ file: name })], () => [line, line, line]);
      const tags = pages.flatMap(({ text }) => [...text.matchAll(/<\/?([a-z!]+)/g)].map(([, tag]) => tag));
      const own = [
        "!doctype",
        "a",
        "body",
        "code",
        "h",
        "head",
        "html",
        "main",
        "meta",
        "meter",
        "p",
        "style",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "title",
        "tr",
      ];
      expect(tags.filter((tag) => tag !== undefined && !own.includes(tag))).toEqual([]);
    }),
  );
});
