import { describe, expect, test } from "vitest";
import { findingOf } from "../../../test/report/run-reports.ts";
import type { FindingReport } from "../run-report.ts";
import { htmlOf } from "./markup.ts";
import { sourceMarkup } from "./source-markup.ts";

const LINES = ["one", "two = a < b", "  three", "four"];

function shown(range: NonNullable<FindingReport["range"]>, around = 3): string {
  return htmlOf(sourceMarkup(findingOf({ fingerprint: "1", range, source: { from: 1, lines: LINES } }), around));
}

describe("the source of a finding", () => {
  test("has the place marked", () => {
    expect(shown({ start: { line: 2, column: 7 }, end: { line: 2, column: 12 } }, 1)).toBe(
      '<pre tabindex="0" style="--from:0"><span>one</span><b>two = <mark>a &#60; b</mark></b><span>  three</span></pre>',
    );
  });

  test("has one letter marked where the end is not known", () => {
    expect(shown({ start: { line: 1, column: 2 } }, 0)).toBe(
      '<pre tabindex="0" style="--from:0"><b>o<mark>n</mark>e</b></pre>',
    );
  });

  test("has all its lines marked, and counts from its first one", () => {
    expect(shown({ start: { line: 2, column: 5 }, end: { line: 3, column: 4 } }, 0)).toBe(
      '<pre tabindex="0" style="--from:1"><b>two <mark>= a &#60; b</mark></b><b>  <mark>t</mark>hree</b></pre>',
    );
  });

  test("ends with the line before where its end is the start of a line", () => {
    expect(shown({ start: { line: 2, column: 1 }, end: { line: 3, column: 1 } }, 0)).toBe(
      '<pre tabindex="0" style="--from:1"><b><mark>two = a &#60; b</mark></b></pre>',
    );
  });

  test("is shown without a mark where the place is behind the end of the line", () => {
    expect(shown({ start: { line: 4, column: 99 } }, 0)).toBe('<pre tabindex="0" style="--from:3"><b>four</b></pre>');
  });
});
