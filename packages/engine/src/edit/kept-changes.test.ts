import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { AppliedFile } from "../guard/apply/apply-changes.ts";
import { openKeptChanges } from "./kept-changes.ts";

const { signal } = new AbortController();
const bytes = (text: string): AppliedFile["after"] => ({ kind: "file", executable: false, bytes: Buffer.from(text) });
const CHANGE: readonly AppliedFile[] = [
  { path: "a.txt", before: bytes("1\n"), after: bytes("one\n") },
  { path: "b.txt", before: bytes("2\n"), after: null },
  { path: "new/c.bin", before: null, after: { kind: "file", executable: true, bytes: Buffer.from([0, 255, 13, 10]) } },
];

function treeWith(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-pins-")));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  return root;
}

test("a kept change is applied again byte for byte, once", async () => {
  const root = treeWith({ "a.txt": "1\n", "b.txt": "2\n" });
  const pins = openKeptChanges(join(root, ".symbiotic/pins"));
  pins.keep("k", CHANGE);
  expect(await pins.replay("other", { root, id: "x", signal })).toBeUndefined();
  expect(await pins.replay("k", { root, id: "x", signal })).toEqual({ files: ["a.txt", "b.txt", "new/c.bin"] });
  expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("one\n");
  expect([...readFileSync(join(root, "new/c.bin"))]).toEqual([0, 255, 13, 10]);
  expect(existsSync(join(root, "b.txt"))).toBe(false);
  expect(await pins.replay("k", { root, id: "y", signal })).toEqual({ files: [] });
});

test("what is there in part is completed", async () => {
  const root = treeWith({ "a.txt": "one\n", "b.txt": "2\n" });
  const pins = openKeptChanges(join(root, ".symbiotic/pins"));
  pins.keep("k", CHANGE);
  expect(await pins.replay("k", { root, id: "x", signal })).toEqual({ files: ["b.txt", "new/c.bin"] });
});

test("a file that somebody edited since is not overwritten, and none of the others is touched", async () => {
  const root = treeWith({ "a.txt": "mine\n", "b.txt": "2\n" });
  const pins = openKeptChanges(join(root, ".symbiotic/pins"));
  pins.keep("k", CHANGE);
  expect(await pins.replay("k", { root, id: "x", signal })).toBeUndefined();
  expect([readFileSync(join(root, "a.txt"), "utf8"), existsSync(join(root, "b.txt"))]).toEqual(["mine\n", true]);
});

test.each(["", "{}", '{"v":2,"files":[]}', '{"v":1,"files":[{"path":1}]}', "\0"])(
  "a file that is not what was written (%j) is no pin",
  async (text) => {
    const root = treeWith({ "k.json": text });
    expect(await openKeptChanges(root).replay("k", { root, id: "x", signal })).toBeUndefined();
  },
);
