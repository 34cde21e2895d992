import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listTree, writesBetween, type Listing } from "./listing.ts";

test("a new folder is told of once with its files, a new file by itself, what changed or went by name", () => {
  const before: Listing = new Map([
    ["src", ""],
    ["src/a", "1"],
    ["src/b", "1"],
    ["src/c", "1"],
  ]);
  const after: Listing = new Map([
    ["src", ""],
    ["src/a", "1"],
    ["src/b", "2"],
    ["src/new", "1"],
    ["reports", ""],
    ["reports/x", ""],
    ["reports/x/1", "1"],
    ["reports/2", "1"],
    ["empty", ""],
  ]);
  expect(writesBetween(before, after)).toEqual([
    { path: "reports", kind: "folder", change: "created", files: 2 },
    { path: "src/b", kind: "file", change: "changed", files: 1 },
    { path: "src/c", kind: "file", change: "removed", files: 1 },
    { path: "src/new", kind: "file", change: "created", files: 1 },
  ]);
});

test("a file that is written anew with the same length is seen, and what is left out is not", () => {
  const root = mkdtempSync(join(tmpdir(), "symbiotic-listing-"));
  try {
    mkdirSync(join(root, "out"));
    writeFileSync(join(root, "a.txt"), "1");
    const leaves = (path: string): boolean => path === "out";
    const before = listTree(root, leaves);
    rmSync(join(root, "a.txt"));
    writeFileSync(join(root, "a.txt"), "2");
    writeFileSync(join(root, "out/b.txt"), "2");
    expect(writesBetween(before, listTree(root, leaves))).toEqual([
      { path: "a.txt", kind: "file", change: "changed", files: 1 },
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
