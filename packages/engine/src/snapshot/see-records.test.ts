import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { blobPath } from "../cache/blobs.ts";
import type { CacheRecord } from "../cache/record.ts";
import { digestOf } from "../fingerprint/files/hash-file.ts";
import { seeRecords } from "./see-records.ts";

const LONG = digestOf("long");
const key = (prefix: string): string => prefix + "0".repeat(62);
const RECORDS = [
  { key: key("00"), evidence: LONG, inline: {} },
  { key: key("00"), evidence: LONG },
  { key: key("ff"), evidence: digestOf("short"), inline: { evidence: "short" } },
] as unknown as readonly CacheRecord[];

test("the files of records are seen, and the evidence that lies in files of its own; not if one of them is gone", () => {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-records-")));
  try {
    const files = [join(directory, "records/00.frames"), join(directory, "records/ff.frames")];
    const blob = blobPath(join(directory, "blobs"), LONG);
    for (const file of [...files, blob]) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, "x");
    }
    const see = (later: number): unknown =>
      seeRecords(directory, RECORDS, Date.now() + later)?.map(({ path, kind, isSettled }) => [path, kind, isSettled]);
    expect(see(3_600_000)).toEqual([...files.map((file) => [file, "records", true]), [blob, "file", true]]);
    // What was written by this very run may have been written to by another one since it was read.
    expect(see(0)).toEqual([...files.map((file) => [file, "records", false]), [blob, "file", false]]);
    for (const file of [blob, ...files]) {
      rmSync(file);
      expect(see(3_600_000)).toBeUndefined();
      writeFileSync(file, "x");
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});
