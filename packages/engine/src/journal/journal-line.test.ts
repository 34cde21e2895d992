import fc from "fast-check";
import { expect, test } from "vitest";
import type { StartedEntry } from "./journal-entry.ts";
import { decodeLine, encodeLine } from "./journal-line.ts";

const KEY = "0123456789abcdef".repeat(4);

const started = fc.record<StartedEntry>({
  type: fc.constant("started"),
  task: fc.string({ unit: "binary" }),
  key: fc.string(),
});

test("a line is JSON with the checksum of its entry", () => {
  const line = encodeLine({ type: "started", task: "app:push", key: KEY, once: "effect" });
  expect(line).toMatchInlineSnapshot(`
    "{"sum":"56396ec8f38cd623","entry":{"type":"started","task":"app:push","key":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","once":"effect"}}
    "
  `);
  expect(JSON.parse(line)).toMatchObject({ entry: { type: "started", task: "app:push" } });
});

test("what was written is read, whatever the names in it", () => {
  fc.assert(
    fc.property(started, (entry) => {
      const line = encodeLine(entry);
      expect(line.indexOf("\n")).toBe(line.length - 1);
      expect(decodeLine(line.slice(0, -1))).toEqual(entry);
    }),
  );
});

test("a line that is torn anywhere is none", () => {
  const line = encodeLine({ type: "started", task: "app:push", key: KEY });
  for (let length = 0; length < line.length - 1; length += 1) expect(decodeLine(line.slice(0, length))).toBeUndefined();
});

test("a line with a changed character is none, wherever it is", () => {
  fc.assert(
    fc.property(started, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (entry, place, other) => {
      const line = encodeLine(entry).slice(0, -1);
      const at = place % line.length;
      fc.pre(line[at] !== other);
      expect(decodeLine(`${line.slice(0, at)}${other}${line.slice(at + 1)}`)).toBeUndefined();
    }),
  );
});
