import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openMemo } from "./memo.ts";
import { temporaryFolder } from "./testing/samples.ts";

test("a memo keeps values between runs", () => {
  using at = temporaryFolder();
  const file = join(at.path, "new", "tools.memo");
  const memo = openMemo(file);
  memo.set("a\udcff", { version: "1.2", list: [1, null] });
  memo.set("b", "x");
  memo.delete("b");
  expect(memo.save()).toBe(true);
  const again = openMemo(file);
  expect([again.get("a\udcff"), again.get("b")]).toEqual([{ version: "1.2", list: [1, null] }, undefined]);
});

test("over its limit a memo forgets what was not used for the longest time", () => {
  using at = temporaryFolder();
  const file = join(at.path, "memo");
  const memo = openMemo(file, 2);
  for (const key of ["a", "b", "c"]) memo.set(key, 1);
  memo.get("a");
  memo.save();
  const again = openMemo(file);
  expect(["a", "b", "c"].filter((key) => again.get(key) !== undefined)).toEqual(["a", "c"]);
});

test("a damaged memo is empty, never wrong", () => {
  using at = temporaryFolder();
  const file = join(at.path, "memo");
  const memo = openMemo(file);
  memo.set("key", "value");
  memo.save();
  const whole = readFileSync(file);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (offset, mask) => {
      const bytes = Buffer.from(whole);
      bytes.writeUInt8(bytes.readUInt8(offset) ^ mask, offset);
      writeFileSync(file, bytes);
      expect([undefined, "value"]).toContain(openMemo(file).get("key"));
      writeFileSync(file, whole.subarray(0, offset));
      expect(openMemo(file).get("key")).toBe(offset === whole.length ? "value" : undefined);
    }),
  );
});

test("a memo that cannot be written says so", () => {
  using at = temporaryFolder();
  writeFileSync(join(at.path, "file"), "");
  const memo = openMemo(join(at.path, "file", "memo"));
  memo.set("a", 1);
  expect(memo.save()).toBe(false);
});
