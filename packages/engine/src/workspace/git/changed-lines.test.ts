import { expect, test } from "vitest";
import { readPatch } from "./changed-lines.ts";

const RAW = [
  ":100644 100644 aaaa bbbb M",
  "a b.py",
  ":100644 100644 aaaa bbbb R090",
  "old.py",
  "new.py",
  ":100644 000000 aaaa 0000 D",
  "gone.py",
  ":000000 100644 0000 aaaa A",
  "added.py",
].join("\0");

test("each patch belongs to the record at its place, and counts the lines that are there now", () => {
  const patches = [
    'diff --git "a/a b.py" "b/a b.py"\n--- x\n+++ y\n@@ -1 +1 @@ def f\n-a\n+b\n@@ -8,0 +9,3 @@\n+1\n+2\n+3\n',
    "diff --git a/old.py b/new.py\n@@ -4,2 +4,0 @@\n-1\n-diff --git not a header\n",
    "diff --git a/gone.py b/gone.py\n@@ -1,2 +0,0 @@\n-1\n-2\n",
    "diff --git a/added.py b/added.py\n@@ -0,0 +1,2 @@\n+@@ -1 +70 @@\n+2\n",
  ];
  expect([...readPatch(Buffer.from(`${RAW}\0\0${patches.join("")}`))]).toEqual([
    ["a b.py", "1,9-11"],
    ["new.py", ""],
    ["gone.py", ""],
    ["added.py", "1-2"],
  ]);
});

test("nothing that changed is nothing", () => {
  expect([...readPatch(Buffer.alloc(0))]).toEqual([]);
});
