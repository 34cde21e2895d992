import { expect, test } from "vitest";
import { digestOf } from "../../../src/fingerprint/files/hash-file.ts";
import { createCacheRig, keep, recordOf } from "./cache-rig.ts";

const KEY = digestOf("what the agent was asked");
const REPLY = Buffer.from('{"edits":[{"path":"src/a.py","patch":"@@ -1 +1 @@"}],"said":"done \\u2713"}');
const pinned = { reply: digestOf(REPLY) };

test("a pinned reply comes back byte for byte in the next process", () => {
  using rig = createCacheRig();
  const made = recordOf({ key: KEY, task: "issue=M3-04:implement", atom: "implement", pinned });
  expect(keep(rig.reopen(), made, [REPLY])).toBe(true);
  const cache = rig.reopen();
  const record = cache.lookup(KEY, () => true);
  expect(record).toEqual(made.record);
  const reply = cache.readBlob(record?.pinned?.reply ?? "");
  expect(reply.ok && reply.value.equals(REPLY)).toBe(true);
});

test("a record whose reply is not kept with it is not kept either", () => {
  using rig = createCacheRig();
  expect(keep(rig.reopen(), recordOf({ key: KEY, pinned }))).toBe(false);
  expect(rig.reopen().lookup(KEY, () => true)).toBeUndefined();
});

test("a reply lives as long as the record that pins it", () => {
  using rig = createCacheRig();
  keep(rig.reopen(), recordOf({ key: KEY, pinned, storedAt: Date.now() }), [REPLY]);
  const cache = rig.reopen();
  expect(cache.prune()).toBeDefined();
  expect(cache.lookup(KEY, () => true)?.pinned).toEqual(pinned);
  expect(cache.readBlob(pinned.reply).ok).toBe(true);
});

test("what is not a digest pins nothing: such a record is a miss", () => {
  using rig = createCacheRig();
  const { record, blobs } = recordOf({ key: KEY, pinned });
  for (const reply of [null, 1, { digest: pinned.reply }]) {
    const wrong = JSON.parse(JSON.stringify({ ...record, pinned: { reply } })) as typeof record;
    rig.reopen().store(wrong, blobs);
  }
  expect(rig.reopen().lookup(KEY, () => true)).toBeUndefined();
});
