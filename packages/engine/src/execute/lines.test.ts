import fc from "fast-check";
import { expect, test } from "vitest";
import { lineSplitter } from "./lines.ts";

function split(chunks: readonly Uint8Array[]): string[] {
  const lines: string[] = [];
  const splitter = lineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return lines;
}

test("lines end with either line end; the last one needs none", () => {
  expect(split([Buffer.from("a\nb\r\n\nc")])).toEqual(["a", "b", "", "c"]);
  expect(split([Buffer.from("a\n")])).toEqual(["a"]);
  expect(split([])).toEqual([]);
});

test("where the chunks are cut does not matter, not even within a character or a line end", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "é", "漢", "😀", "\n", "\r\n", " ")),
      fc.array(fc.nat({ max: 6 })),
      (parts, cuts) => {
        const bytes = Buffer.from(parts.join(""));
        const chunks: Uint8Array[] = [];
        let at = 0;
        for (const cut of cuts) chunks.push(bytes.subarray(at, (at += cut)));
        chunks.push(bytes.subarray(at));
        expect(split(chunks)).toEqual(split([bytes]));
      },
    ),
  );
});

test("a line without an end is cut, and nothing of it is lost", () => {
  const lines = split([Buffer.alloc(100_000, "x"), Buffer.alloc(100_000, "y")]);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join("")).toBe("x".repeat(100_000) + "y".repeat(100_000));
});
