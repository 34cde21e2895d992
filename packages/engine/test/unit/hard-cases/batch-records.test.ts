import { expect, test } from "vitest";
import { canonicalJson } from "../../../src/core/json.ts";
import { formatTaskId } from "../../../src/core/task-id.ts";
import type { Cache } from "../../../src/cache/cache.ts";
import { digestOf } from "../../../src/fingerprint/files/hash-file.ts";
import { createCacheRig, keep, recordOf } from "./cache-rig.ts";

const SUBJECTS = ["tests/test_a.py", "tests/test_b.py", "tests/test_c.py"];
const BATCH = { id: "7f3a", members: SUBJECTS.length };

function keyOf(subject: string, content = "1"): string {
  return digestOf(canonicalJson({ subject, content }));
}

function evidenceOf(subject: string): string {
  return canonicalJson({ tool: "pytest", tests: [{ id: `${subject}::test_it`, outcome: "passed" }] });
}

function storeMember(cache: Cache, subject: string): void {
  const task = formatTaskId({ kind: "file", name: subject }, "run_test_file");
  const made = recordOf({ key: keyOf(subject), task, atom: "run_test_file", batch: BATCH }, evidenceOf(subject));
  expect(keep(cache, made)).toBe(true);
}

function evidenceUnder(cache: Cache, key: string): string | undefined {
  const record = cache.lookup(key, () => true);
  if (record === undefined) return undefined;
  const blob = cache.readBlob(record.evidence);
  return blob.ok ? blob.value.toString("utf8") : undefined;
}

test("three subjects of one process are three records, each found alone, with its own evidence and the same batch", () => {
  using rig = createCacheRig();
  for (const subject of SUBJECTS) storeMember(rig.reopen(), subject);
  for (const subject of SUBJECTS) {
    const cache = rig.reopen();
    expect(evidenceUnder(cache, keyOf(subject))).toBe(evidenceOf(subject));
    expect(cache.lookup(keyOf(subject), () => true)).toMatchObject({
      task: `file=${subject}:run_test_file`,
      batch: BATCH,
    });
  }
});

test("a subject that changed is a miss and takes no other member of its batch with it", () => {
  using rig = createCacheRig();
  for (const subject of SUBJECTS) storeMember(rig.reopen(), subject);
  const cache = rig.reopen();
  expect(evidenceUnder(cache, keyOf("tests/test_b.py", "2"))).toBeUndefined();
  expect(evidenceUnder(cache, keyOf("tests/test_a.py"))).toBe(evidenceOf("tests/test_a.py"));
  expect(evidenceUnder(cache, keyOf("tests/test_c.py"))).toBe(evidenceOf("tests/test_c.py"));
});

test("members that ended well are served although another of their batch left no record", () => {
  using rig = createCacheRig();
  for (const subject of SUBJECTS.slice(0, 2)) storeMember(rig.reopen(), subject);
  const cache = rig.reopen();
  expect(SUBJECTS.map((subject) => evidenceUnder(cache, keyOf(subject)) !== undefined)).toEqual([true, true, false]);
  expect(cache.lookup(keyOf("tests/test_a.py"), () => true)?.batch).toEqual({ id: "7f3a", members: 3 });
});

test("a batch of which only the id is known is no record", () => {
  using rig = createCacheRig();
  const { record, blobs } = recordOf({ key: keyOf("x") });
  const half = JSON.parse(JSON.stringify({ ...record, batch: { id: "7f3a" } })) as typeof record;
  rig.reopen().store(half, blobs);
  expect(rig.reopen().lookup(record.key, () => true)).toBeUndefined();
});
