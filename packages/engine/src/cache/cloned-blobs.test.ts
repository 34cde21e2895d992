import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { digestOf } from "../fingerprint/files/hash-file.ts";
import { type Blobs, blobPath, openBlobs } from "./blobs.ts";
import { clonedBlobs } from "./cloned-blobs.ts";
import { temporaryFolder } from "./testing/samples.ts";

interface Bench extends Disposable {
  readonly blobs: Blobs;
  /** Where files of the test lie. */
  readonly at: (name: string) => string;
  readonly place: (digest: string) => string;
  readonly temporary: string;
}

function bench(): Bench {
  const folder = temporaryFolder();
  const [blobs, temporary] = [join(folder.path, "blobs"), join(folder.path, "tmp")];
  return {
    blobs: clonedBlobs(openBlobs(blobs, temporary), { folder: blobs, temporary }),
    at: (name) => join(folder.path, name),
    place: (digest) => blobPath(blobs, digest),
    temporary,
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

test("files of every size go in and come out with their bytes", () => {
  using b = bench();
  for (const size of [0, 1, 4096, 1_000_001, 17 * 1024 * 1024]) {
    const bytes = randomBytes(size);
    writeFileSync(b.at("in"), bytes);
    const kept = b.blobs.putFile(b.at("in"));
    expect(kept).toEqual({ digest: digestOf(bytes), size });
    const out = b.at(`out-${String(size)}`);
    expect(b.blobs.copyTo(kept.digest, out)).toEqual({ ok: true, value: null });
    expect(readFileSync(out).equals(bytes)).toBe(true);
  }
  expect(readdirSync(b.temporary)).toEqual([]);
});

test("a clone is a file of its own: who writes to it changes no blob", () => {
  using b = bench();
  writeFileSync(b.at("in"), "right");
  const { digest } = b.blobs.putFile(b.at("in"));
  b.blobs.copyTo(digest, b.at("out"));
  writeFileSync(b.at("in"), "wrong");
  writeFileSync(b.at("out"), "wrong");
  expect(readFileSync(b.place(digest), "utf8")).toBe("right");
});

test("who made a file and with what mode does not show in the blob or in what comes out", () => {
  using b = bench();
  writeFileSync(b.at("in"), "a program");
  writeFileSync(b.at("usual"), "");
  chmodSync(b.at("in"), 0o755);
  const { digest } = b.blobs.putFile(b.at("in"));
  const usual = statSync(b.at("usual")).mode;
  expect(statSync(b.place(digest)).mode).toBe(usual);
  chmodSync(b.place(digest), 0o600);
  b.blobs.copyTo(digest, b.at("out"));
  expect(statSync(b.at("out")).mode).toBe(usual);
});

test("bytes that are damaged are not handed out: nothing is left of them, and they are reported", () => {
  using b = bench();
  writeFileSync(b.at("in"), "right");
  const { digest } = b.blobs.putFile(b.at("in"));
  writeFileSync(b.place(digest), "WRONG");
  expect(b.blobs.copyTo(digest, b.at("out"))).toMatchObject({ ok: false, error: { code: "SYM6002" } });
  expect(b.blobs.copyTo(digest, b.at("out"))).toMatchObject({ ok: false, error: { code: "SYM6003" } });
  expect(b.blobs.copyTo("../../in", b.at("out"))).toMatchObject({ ok: false, error: { code: "SYM6003" } });
  expect(existsSync(b.at("out"))).toBe(false);
});

test("a file that is kept already is made young again, so that no prune takes it from its next record", () => {
  using b = bench();
  writeFileSync(b.at("in"), "kept twice");
  const { digest } = b.blobs.putFile(b.at("in"));
  utimesSync(b.place(digest), 1, 1);
  b.blobs.putFile(b.at("in"));
  expect(statSync(b.place(digest)).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
});

test("what lies in a blob's place and is no file gives way", () => {
  using b = bench();
  const digest = digestOf("kept");
  mkdirSync(join(b.place(digest), "folder"), { recursive: true });
  writeFileSync(b.at("in"), "kept");
  expect(b.blobs.putFile(b.at("in"))).toEqual({ digest, size: 4 });
  expect(readFileSync(b.place(digest), "utf8")).toBe("kept");
});
