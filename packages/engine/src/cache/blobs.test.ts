import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { digestOf } from "../fingerprint/files/hash-file.ts";
import { type Blobs, blobPath, openBlobs } from "./blobs.ts";
import { temporaryFolder } from "./testing/samples.ts";

const BYTES = Buffer.from("the bytes of a blob");

function blobsIn(path: string): { readonly blobs: Blobs; readonly folder: string } {
  const folder = join(path, "blobs");
  return { folder, blobs: openBlobs(folder, join(path, "tmp")) };
}

test("bytes come back under their sha256, and nothing is left of the writing", () => {
  using at = temporaryFolder();
  const { blobs } = blobsIn(at.path);
  const digest = blobs.put(BYTES);
  expect(digest).toBe(digestOf(BYTES));
  expect(blobs.get(digest)).toEqual({ ok: true, value: BYTES });
  expect(readdirSync(join(at.path, "tmp"))).toEqual([]);
});

test("a file of many chunks is kept and copied out whole", () => {
  using at = temporaryFolder();
  const { blobs } = blobsIn(at.path);
  const bytes = Buffer.alloc(5 * 1024 * 1024 + 17, "0123456789abcdef!");
  writeFileSync(join(at.path, "big"), bytes);
  const { digest, size } = blobs.putFile(join(at.path, "big"));
  expect({ digest, size }).toEqual({ digest: digestOf(bytes), size: bytes.length });
  expect(blobs.copyTo(digest, join(at.path, "copy"))).toEqual({ ok: true, value: null });
  expect(readFileSync(join(at.path, "copy")).equals(bytes)).toBe(true);
  expect(readdirSync(join(at.path, "tmp"))).toEqual([]);
});

test("a blob that is not there, or a name that is no digest, is a failure", () => {
  using at = temporaryFolder();
  const { blobs } = blobsIn(at.path);
  writeFileSync(join(at.path, "secret"), "x");
  for (const name of [digestOf("never"), "../secret", `..${"/".repeat(56)}secret`]) {
    expect(blobs.get(name)).toMatchObject({ ok: false, error: { code: "SYM6003" } });
    expect(blobs.check(name).ok).toBe(false);
  }
  expect(readFileSync(join(at.path, "secret"), "utf8")).toBe("x");
});

const DAMAGE: Readonly<Record<string, (file: string) => void>> = {
  truncated: (file) => truncateSync(file, 5),
  emptied: (file) => truncateSync(file, 0),
  "flipped in one bit": (file) => {
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(3) ^ 1, 3);
    writeFileSync(file, bytes);
  },
  "replaced by other bytes": (file) => writeFileSync(file, "something else"),
  "replaced by a folder": (file) => {
    rmSync(file);
    mkdirSync(join(file, "inner"), { recursive: true });
  },
  "replaced by a link": (file) => {
    rmSync(file);
    writeFileSync(`${file}.target`, "something else");
    symlinkSync(`${file}.target`, file);
  },
};

for (const [kind, damage] of Object.entries(DAMAGE)) {
  test(`a blob ${kind} is not served, is removed and reported, and can be put again`, () => {
    using at = temporaryFolder();
    const { blobs, folder } = blobsIn(at.path);
    const digest = blobs.put(BYTES);
    const place = blobPath(folder, digest);
    damage(place);
    expect(blobs.get(digest)).toMatchObject({ ok: false, error: { code: "SYM6002", severity: "warning" } });
    expect(statSync(place, { throwIfNoEntry: false })).toBeUndefined();
    blobs.put(BYTES);
    damage(place);
    expect(blobs.copyTo(digest, join(at.path, "copy"))).toMatchObject({ ok: false, error: { code: "SYM6002" } });
    expect(statSync(join(at.path, "copy"), { throwIfNoEntry: false })).toBeUndefined();
    blobs.put(BYTES);
    expect(blobs.get(digest)).toEqual({ ok: true, value: BYTES });
  });
}

test("a put heals what is visibly not the blob, and makes one that is there young again", () => {
  using at = temporaryFolder();
  const { blobs, folder } = blobsIn(at.path);
  const place = blobPath(folder, blobs.put(BYTES));
  for (const kind of ["truncated", "emptied", "replaced by a folder"]) {
    DAMAGE[kind]?.(place);
    expect(blobs.get(blobs.put(BYTES)), kind).toEqual({ ok: true, value: BYTES });
  }
  utimesSync(place, 1, 1);
  blobs.put(BYTES);
  expect(statSync(place).mtimeMs).toBeGreaterThan(1_000_000);
});

test("random damage is never served", () => {
  using at = temporaryFolder();
  const { blobs, folder } = blobsIn(at.path);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 64 }), (written, found) => {
      const digest = blobs.put(written);
      writeFileSync(blobPath(folder, digest), found);
      const got = blobs.get(digest);
      expect(got.ok).toBe(Buffer.from(written).equals(Buffer.from(found)));
      rmSync(blobPath(folder, digest), { force: true });
    }),
  );
});
