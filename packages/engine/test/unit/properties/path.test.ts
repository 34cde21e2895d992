import { isUtf8 } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePath, encodePath, pathBytes } from "../../../src/core/path.ts";
import { anyBytes } from "./bytes.ts";

test("the bytes of a path come back from its string, whatever they are", () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      expect(pathBytes(decodePath(bytes)).equals(bytes)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("two different paths are two different strings", () => {
  fc.assert(
    fc.property(anyBytes, anyBytes, (a, b) => {
      expect(decodePath(a) === decodePath(b)).toBe(a.equals(b));
    }),
    { numRuns: 1000 },
  );
});

test("a path that is UTF-8 is its own text, and only that one is handed to the file system as text", () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const path = decodePath(bytes);
      expect(typeof encodePath(path)).toBe(isUtf8(bytes) ? "string" : "object");
      expect(path.isWellFormed()).toBe(isUtf8(bytes));
      if (isUtf8(bytes)) expect(path).toBe(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
    }),
    { numRuns: 1000 },
  );
});

test("bytes that spell a surrogate or are longer than they need be are not read as text", () => {
  for (const bytes of [
    [0xed, 0xb3, 0xa9],
    [0xc0, 0xaf],
    [0xe0, 0x80, 0xaf],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe2, 0x82],
  ]) {
    const path = decodePath(Uint8Array.from(bytes));
    expect([...path].map((unit) => unit.charCodeAt(0))).toEqual(bytes.map((byte) => 0xdc00 + byte));
  }
});

test("a character beyond the first plane is text, although half of it looks like an escaped byte", () => {
  for (const name of ["\u{1f4c1}", "\u{1f4c1}/notes.md", "a\u{10482}"]) {
    expect(encodePath(name)).toBe(name);
    expect(decodePath(Buffer.from(name))).toBe(name);
  }
});
