import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { digestOf } from "../../fingerprint/files/hash-file.ts";
import { openCache } from "../open-cache.ts";
import type { CacheRecord } from "../record.ts";
import { keyOf, SAMPLE_BLOB, sampleRecord } from "../testing/samples.ts";
import {
  blobEntry,
  entry,
  exported,
  filesOf,
  fillSmall,
  imported,
  places,
  recordEntry,
  sampleEntries,
} from "../testing/transfer-samples.ts";
import { headLine, preambleOf } from "./archive-format.ts";
import { type Entry, writeArchive } from "./archive-writer.ts";

const ANY = (): boolean => true;
const NEVER = new AbortController().signal;

test("an archive cut off at any byte is refused, and nothing of it is taken in", async () => {
  using at = places();
  fillSmall(at.from);
  await exported(at.from, at.file);
  const whole = readFileSync(at.file);
  const cut = `${at.file}.cut`;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
      writeFileSync(cut, whole.subarray(0, length));
      const taken = await imported(at.to, cut);
      expect(taken).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^SYM603[13]$/) } });
      expect(filesOf(at.to)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test("an archive with any bit flipped is refused and leaves nothing, or gives exactly what was exported", async () => {
  using at = places();
  const record = fillSmall(at.from);
  await exported(at.from, at.file);
  const whole = readFileSync(at.file);
  const flipped = `${at.file}.flipped`;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length * 8 - 1 }), async (bit) => {
      const bytes = Buffer.from(whole);
      bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      writeFileSync(flipped, bytes);
      rmSync(at.to, { recursive: true, force: true });
      const taken = await imported(at.to, flipped);
      if (taken.ok) {
        expect(openCache(at.to).cache.lookup(record.key, ANY)).toEqual(record);
        return;
      }
      refused += 1;
      expect(taken.error.code).toMatch(/^SYM603[1-4]$/);
      expect(filesOf(at.to)).toEqual([]);
    }),
    { numRuns: 150 },
  );
  expect(refused).toBeGreaterThan(100);
});

for (const version of [0, 2, 12]) {
  test(`an archive of format ${String(version)} is refused by its number, whatever follows`, async () => {
    using at = places();
    mkdirSync(join(at.file, ".."));
    writeFileSync(at.file, Buffer.concat([preambleOf(version), Buffer.from("anything")]));
    const taken = await imported(at.to, at.file);
    expect(taken).toMatchObject({ ok: false, error: { code: "SYM6032" } });
    expect(!taken.ok && taken.error.message).toContain(`format ${String(version)} `);
    expect(filesOf(at.to)).toEqual([]);
  });
}

test("a file that is missing, a folder, empty or something else is named as such", async () => {
  using at = places();
  const codeOf = async (file: string): Promise<string> => {
    const taken = await imported(at.to, file);
    return taken.ok ? "ok" : taken.error.code;
  };
  mkdirSync(join(at.file, ".."));
  expect(await codeOf(at.file)).toBe("SYM6030");
  expect(await codeOf(join(at.file, ".."))).toBe("SYM6030");
  writeFileSync(at.file, "");
  expect(await codeOf(at.file)).toBe("SYM6031");
  writeFileSync(at.file, "PK\u0003\u0004 a zip");
  expect(await codeOf(at.file)).toBe("SYM6031");
});

const OUTSIDE = ["../escaped", "dist/../../escaped", "/etc/passwd", ".git/hooks/post-checkout", "dist//x", ".", "a\0b"];
const HOSTILE: Readonly<Record<string, Partial<CacheRecord>>> = {
  ...Object.fromEntries(
    OUTSIDE.map((path) => [
      `has an output at ${JSON.stringify(path)}`,
      { outputs: [{ path, mode: "100644", size: SAMPLE_BLOB.length, blob: digestOf(SAMPLE_BLOB) }] },
    ]),
  ),
  "names a path as a blob": { evidence: `../../../${"a".repeat(55)}` },
  "is of no task": { task: "a line\nbreak:x" },
  "holds another text than it names": { inline: { evidence: "forged" } },
};

for (const [what, more] of Object.entries(HOSTILE)) {
  test(`an archive with a record that ${what} is refused whole`, async () => {
    using at = places();
    const bad = sampleRecord("bad", more);
    await writeArchive(at.file, [...sampleEntries(sampleRecord("good")), recordEntry(bad)], NEVER);
    expect(await imported(at.to, at.file)).toMatchObject({ ok: false, error: { code: "SYM6035" } });
    expect(filesOf(at.to)).toEqual([]);
  });
}

test("an archive with a record under another key than its own is refused whole", async () => {
  using at = places();
  const record = sampleRecord("a");
  await writeArchive(at.file, [...blobEntry(), entry("record", keyOf("b"), JSON.stringify(record))], NEVER);
  expect(await imported(at.to, at.file)).toMatchObject({ ok: false, error: { code: "SYM6035" } });
  expect(filesOf(at.to)).toEqual([]);
});

test("a blob whose bytes are not those that its name says is refused, although the archive is whole", async () => {
  using at = places();
  await writeArchive(at.file, [entry("blob", digestOf("right"), "wrong"), recordEntry(sampleRecord("a"))], NEVER);
  expect(await imported(at.to, at.file)).toMatchObject({ ok: false, error: { code: "SYM6033" } });
  expect(filesOf(at.to)).toEqual([]);
});

test("an entry that claims more than the cache may hold is refused before a byte of it is read", async () => {
  using at = places();
  mkdirSync(join(at.file, ".."));
  for (const kind of ["blob", "record", "history"] as const) {
    const head = headLine({ kind, name: keyOf("a"), size: 999_999_999_999 });
    writeFileSync(at.file, Buffer.concat([preambleOf(1), zstdCompressSync(head)]));
    expect(await imported(at.to, at.file)).toMatchObject({ ok: false, error: { code: "SYM6034" } });
  }
  expect(filesOf(at.to)).toEqual([]);
});

test("a small file that grows beyond the limit when it is decompressed is refused, and leaves nothing", async () => {
  using at = places();
  const zeros = Buffer.alloc(1024 * 1024);
  const bombs = Array.from({ length: 40 }, (_, index): Entry => {
    const bytes = Buffer.concat([zeros, Buffer.from(String(index))]);
    return { head: { kind: "blob", name: digestOf(bytes), size: bytes.length }, bytes: [bytes] };
  });
  const size = await writeArchive(at.file, bombs, NEVER);
  expect(size).toBeLessThan(20_000);
  let seen = 0;
  const progress = ({ bytes }: { readonly bytes: number }): void => void (seen = bytes);
  const taken = await imported(at.to, at.file, { maxBytes: 8 * 1024 * 1024, progress });
  expect(taken).toMatchObject({ ok: false, error: { code: "SYM6034" } });
  expect(seen).toBeLessThan(8 * 1024 * 1024);
  expect(filesOf(at.to)).toEqual([]);
});

test("a line that never ends is refused, and not gathered", async () => {
  using at = places();
  mkdirSync(join(at.file, ".."));
  writeFileSync(at.file, Buffer.concat([preambleOf(1), zstdCompressSync(Buffer.alloc(64 * 1024 * 1024, "x"))]));
  expect(await imported(at.to, at.file)).toMatchObject({ ok: false, error: { code: "SYM6033" } });
});
