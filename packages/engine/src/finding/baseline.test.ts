import fc from "fast-check";
import { expect, test } from "vitest";
import { baselineText, readBaseline, type BaselineEntry } from "./baseline.ts";

const entry: fc.Arbitrary<BaselineEntry> = fc.record({
  fingerprint: fc.stringMatching(/^[0-9a-f]{32}$/),
  tool: fc.string(),
  rule: fc.string(),
  file: fc.string(),
});

test("what is written is read, sorted, each finding once", () => {
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: ({ fingerprint }) => fingerprint }), (entries) => {
      const text = baselineText([...entries, ...entries]);
      const read = readBaseline({ path: "b.json", text });
      expect(read.ok && new Set(read.value.map(({ fingerprint }) => fingerprint))).toEqual(
        new Set(entries.map(({ fingerprint }) => fingerprint)),
      );
      expect(read.ok && read.value.length).toBe(entries.length);
      expect(read.ok && baselineText(read.value.toReversed())).toBe(text);
    }),
  );
});

test("one finding is one line, so that two branches can be merged", () => {
  const one = { fingerprint: "0".repeat(32), tool: "ruff", rule: "F401", file: "b.py" };
  expect(baselineText([one, { ...one, fingerprint: "1".repeat(32), file: "a.py" }])).toBe(
    [
      "{",
      '  "version": 1,',
      '  "findings": [',
      `    {"file":"a.py","tool":"ruff","rule":"F401","fingerprint":"${"1".repeat(32)}"},`,
      `    {"file":"b.py","tool":"ruff","rule":"F401","fingerprint":"${"0".repeat(32)}"}`,
      "  ]",
      "}",
      "",
    ].join("\n"),
  );
});

test("anything else is an error that says what to do", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(readBaseline({ path: "b.json", text })).toMatchObject({
        ok: false,
        error: { code: "SYM1461", location: { file: "b.json" }, hint: expect.stringContaining("symbiotic baseline") },
      });
    }),
  );
  const text = '{ "version": 2, "findings": [] }';
  expect(readBaseline({ path: "b.json", text })).toMatchObject({
    error: { message: expect.stringContaining("version") },
  });
});
