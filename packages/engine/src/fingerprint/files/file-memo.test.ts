import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openFileMemo } from "./file-memo.ts";
import type { FileStat } from "./file-stat.ts";
import { decodeMemo, encodeEntry, encodeMemo } from "./memo-format.ts";

const STAT: FileStat = { size: 3, mtimeMs: 1_700_000_000_123.456, ctimeMs: 2, ino: 77, mode: 0o100644 };
const DIGEST = "ab".repeat(32);

function folder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "symbiotic-memo-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

test("a memo gives a digest back for the same state only, also after it was saved and opened again", () => {
  using at = folder();
  const file = join(at.path, "new", "files");
  const memo = openFileMemo(file);
  memo.set("src/a.py", STAT, DIGEST);
  memo.set("na\udcffme", STAT, DIGEST);
  expect(memo.save()).toBe(true);
  const again = openFileMemo(file);
  expect(again.get("src/a.py", STAT)).toBe(DIGEST);
  expect(again.get("na\udcffme", STAT)).toBe(DIGEST);
  for (const field of ["size", "mtimeMs", "ctimeMs", "ino", "mode"] as const) {
    expect(again.get("src/a.py", { ...STAT, [field]: 5n }), field).toBeUndefined();
  }
  expect(again.get("src/b.py", STAT)).toBeUndefined();
});

test("over its limit a memo forgets the files that were not looked at", () => {
  using at = folder();
  const file = join(at.path, "files");
  const first = openFileMemo(file);
  for (const path of ["a", "b", "c"]) first.set(path, STAT, DIGEST);
  first.save();
  const second = openFileMemo(file, 3);
  second.get("b", STAT);
  second.set("d", STAT, DIGEST);
  second.save();
  const third = openFileMemo(file);
  expect(["a", "b", "c", "d"].filter((path) => third.get(path, STAT) !== undefined)).toEqual(["b", "d"]);
});

test("a memo that is damaged or of another version is empty, and the next save replaces it", () => {
  using at = folder();
  const file = join(at.path, "files");
  const memo = openFileMemo(file);
  memo.set("a", STAT, DIGEST);
  memo.save();
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  for (const broken of [bytes, bytes.subarray(0, 20), Buffer.from("SYMFILE9 and more"), Buffer.alloc(0)]) {
    writeFileSync(file, broken);
    expect(openFileMemo(file).get("a", STAT)).toBeUndefined();
  }
  const next = openFileMemo(file);
  next.set("a", STAT, DIGEST);
  next.save();
  expect(openFileMemo(file).get("a", STAT)).toBe(DIGEST);
});

test("a memo whose place cannot be written says so and goes on", () => {
  using at = folder();
  writeFileSync(join(at.path, "file"), "");
  const memo = openFileMemo(join(at.path, "file", "files"));
  memo.set("a", STAT, DIGEST);
  expect(memo.save()).toBe(false);
  expect(memo.get("a", STAT)).toBe(DIGEST);
});

/** Any UTF-16 unit that a path can hold, so lone surrogates too. */
const unit = fc.integer({ min: 1, max: 0xffff }).map((code) => String.fromCharCode(code));

test("bytes that are not what was written decode to nothing", () => {
  const paths = fc.uniqueArray(fc.string({ unit, minLength: 1 }));
  fc.assert(
    fc.property(paths, fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean(), (names, where, mask, cut) => {
      const whole = encodeMemo(names.map((path) => ({ path, bytes: encodeEntry(STAT, DIGEST) })));
      const table = decodeMemo(whole);
      expect([...(table?.offsets.keys() ?? [])]).toEqual(names);
      const at = where % whole.length;
      const broken = cut ? whole.subarray(0, at) : Buffer.from(whole);
      if (!cut) broken.writeUInt8(broken.readUInt8(at) ^ mask, at);
      const found = decodeMemo(broken);
      // Four bytes of the header are not used.
      if (cut || at < 12 || at >= 16) expect(found).toBeUndefined();
      else expect(found).toEqual(table);
    }),
    { numRuns: 40 },
  );
});
