import { chmodSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyToWorkTree } from "./apply-to-work-tree.ts";
import { changeSince, treeContents } from "./tree-contents.ts";
import { unifiedDiff } from "./unified-diff.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "symbiotic-contents-"));
  for (const name of ["a", "b", "c"]) writeFileSync(join(root, name), `${name}\n`);
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const text = (name: string): string => readFileSync(join(root, name), "utf8");
const edit = (path: string, before: string, after: string): { path: string; before: Buffer; after: Buffer } => ({
  path,
  before: Buffer.from(before),
  after: Buffer.from(after),
});

const { signal } = new AbortController();

test("only what has other bytes is edited; what came, went or was not to change is told apart", () => {
  const contents = treeContents(root, ["a", "b", "c"], (path) => path !== "c");
  writeFileSync(join(root, "a"), "A\n");
  utimesSync(join(root, "b"), 1, 1);
  writeFileSync(join(root, "c"), "C\n");
  writeFileSync(join(root, "new"), "");
  expect(changeSince(root, contents, ["a", "b", "c", "new"])).toEqual({
    edited: [edit("a", "a\n", "A\n")],
    others: ["c", "new"],
  });
  rmSync(join(root, "a"));
  expect(changeSince(root, contents, ["b"]).others).toEqual(["a", "c"]);
});

test("another mode is no edit that may be", () => {
  const contents = treeContents(root, ["a"], () => true);
  chmodSync(join(root, "a"), 0o755);
  expect(changeSince(root, contents, ["a"])).toEqual({ edited: [], others: ["a"] });
});

test("all are written with their modes and nothing is left behind, or none where one is not what it was", async () => {
  chmodSync(join(root, "a"), 0o750);
  const files = [edit("a", "a\n", "A\n"), edit("b", "b\n", "B\n")];
  writeFileSync(join(root, "b"), "mine\n");
  expect(await applyToWorkTree({ root, files, name: "x", signal })).toMatchObject({
    ok: false,
    error: { code: "SYM4096" },
  });
  expect([text("a"), text("b")]).toEqual(["a\n", "mine\n"]);
  writeFileSync(join(root, "b"), "b\n");
  expect(await applyToWorkTree({ root, files, name: "x", signal })).toEqual({ ok: true, value: undefined });
  expect([text("a"), text("b")]).toEqual(["A\n", "B\n"]);
  expect(treeContents(root, ["a"], () => true).marks.get("a")).toContain(`:${String(0o100750)}:`);
});

test("where not all can be written, none is", async () => {
  writeFileSync(join(root, ".symbiotic"), "");
  expect(await applyToWorkTree({ root, files: [edit("a", "a\n", "A\n")], name: "x", signal })).toMatchObject({
    ok: false,
    error: { code: "SYM4097" },
  });
  expect(text("a")).toBe("a\n");
});

test("the difference is one that git applies", () => {
  const diff = unifiedDiff([edit("d/a.py", "1\n2\n", "1\n3\n")], { PATH: process.env["PATH"] }, false);
  expect(diff.ok && diff.value.toString("utf8").split("\n").slice(2)).toEqual([
    "--- a/d/a.py",
    "+++ b/d/a.py",
    "@@ -1,2 +1,2 @@",
    " 1",
    "-2",
    "+3",
    "",
  ]);
});
