import fc from "fast-check";
import { expect, test } from "vitest";
import { countLines, lineBlocks, linesOf } from "./line-blocks.ts";

function split(chunks: readonly Uint8Array[]): string[] {
  const lines: string[] = [];
  const blocks = lineBlocks((block) => {
    const found = linesOf(block);
    expect(countLines(block)).toBe(found.length);
    lines.push(...found);
  });
  for (const chunk of chunks) blocks.push(chunk);
  blocks.end();
  return lines;
}

test("lines end with either line end; the last one needs none", () => {
  expect(split([Buffer.from("a\nb\r\n\nc")])).toEqual(["a", "b", "", "c"]);
  expect(split([Buffer.from("a\n")])).toEqual(["a"]);
  expect(split([Buffer.from("\n")])).toEqual([""]);
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
        expect(split(chunks)).toEqual(
          parts
            .join("")
            .split(/\r?\n/)
            .slice(0, parts.join("").endsWith("\n") || parts.length === 0 ? -1 : undefined),
        );
      },
    ),
  );
});

test.each(["x", "é", "漢", "😀", "x\r"])(
  "a line of %j without an end is cut between characters, and nothing of it is lost",
  (text) => {
    for (let before = 0; before < 4; before += 1) {
      const whole = `${"-".repeat(before)}${text.repeat(200_000 / text.length)}.`;
      const bytes = Buffer.from(whole);
      const lines = split([bytes.subarray(0, 100_000), bytes.subarray(100_000)]);
      expect(lines.length).toBeGreaterThan(1);
      expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(128 * 1024);
      expect(lines.join("") === whole).toBe(true);
    }
  },
);
