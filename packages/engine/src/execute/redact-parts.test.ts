import { expect, test } from "vitest";
import type { JsonValue } from "../core/json.ts";
import { createRedactor } from "../redact/redact.ts";
import { redactParts } from "./redact-parts.ts";

const TOKEN = `ghp_${"a1B2c3D4e5F6".repeat(3)}`;
const redactor = createRedactor({ secretValues: ["hunter2-is-long"] });

function kept(record: JsonValue, name = "tests/test_a.py"): JsonValue | undefined {
  return redactParts([{ name, record }], redactor)[0]?.record;
}

test("texts for people are kept without secrets", () => {
  expect(kept({ tests: [{ id: "a", message: `said hunter2-is-long and ${TOKEN}` }] })).toEqual({
    tests: [
      { id: "a", message: expect.stringMatching(/^said \[redacted:[^\]]+\] and \[redacted:[^\]]+\]$/) as string },
    ],
  });
});

test.each<[string, JsonValue]>([
  ["a path", { data: { [`data/${TOKEN}`]: "0" } }],
  ["an item of a list", { kinds: [`data/${TOKEN}`] }],
  ["a member of an object in a list", { code: [["a", { body: TOKEN }]] }],
])("a record with a secret in %s is left out whole: without it, it would hold for ever", (_where, record) => {
  expect(kept(record)).toBeUndefined();
});

test("a part whose name holds a secret is left out", () => {
  expect(kept({}, `tests/${TOKEN}.py`)).toBeUndefined();
});

test("digests under names that look secret stay: they say when the record holds", () => {
  const record = {
    data: { "tests/password.txt": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", token: "abc" },
  };
  expect(kept(record)).toEqual(record);
});
