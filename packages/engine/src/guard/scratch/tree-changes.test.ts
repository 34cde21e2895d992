import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { ok } from "../../core/result.ts";
import { treeChanges, type TreeChange } from "./tree-changes.ts";

const roots: string[] = [];

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

/** A text is a file, `null` is nothing, and what begins with `->` a link. */
type Files = Readonly<Record<string, string | null>>;

function changesBetween(
  before: Files,
  after: Files,
  most = 1000,
): { readonly changes: readonly TreeChange[]; readonly processes: number } {
  const root = mkdtempSync(join(tmpdir(), "symbiotic-changes-"));
  roots.push(root);
  let processes = 0;
  const git = (...args: readonly string[]): Buffer => {
    processes += 1;
    return execFileSync("git", args, { cwd: root, maxBuffer: 1e9 });
  };
  git("init", "--quiet");
  const snapshot = (files: Files): string => {
    for (const [path, text] of Object.entries(files)) {
      rmSync(join(root, path), { recursive: true, force: true });
      if (text === null) continue;
      mkdirSync(dirname(join(root, path)), { recursive: true });
      if (text.startsWith("->")) symlinkSync(text.slice(2), join(root, path));
      else writeFileSync(join(root, path), text);
    }
    git("add", "--all");
    return git("write-tree").toString().trim();
  };
  const [was, is] = [snapshot(before), snapshot(after)];
  processes = 0;
  const found = treeChanges({ run: (args) => ok(git(...args)) }, root, { before: was, after: is, most });
  if (!found.ok) throw new Error(found.error.message);
  return { changes: found.value, processes };
}

function added(changes: readonly TreeChange[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    changes.map(({ path, added: lines }) => [path, lines.map(({ line, text }) => `${String(line)}:${text}`).join("|")]),
  );
}

test("each file has its own new lines, whatever they look like", () => {
  const { changes } = changesBetween(
    { "a.txt": "one\ntwo\n", "b.txt": "one\n", "gone.txt": "x\ny\n", "mode.txt": "same\n" },
    {
      "a.txt": "one\n+++ b/other\ntwo\ndiff --git a/x b/x\n",
      "b.txt": "@@ -1 +7 @@\none\nend",
      "gone.txt": null,
      "new.bin": "\u0000\u0001\nx\n",
      "diff --git a b/c d.txt": "@@ -0,0 +9\n-- a/x\n",
      'e\u00e9 "q".txt': "q\n",
    },
  );
  expect(added(changes)).toEqual({
    "a.txt": "2:+++ b/other|4:diff --git a/x b/x",
    "b.txt": "1:@@ -1 +7 @@|3:end",
    "diff --git a b/c d.txt": "1:@@ -0,0 +9|2:-- a/x",
    'e\u00e9 "q".txt': "1:q",
    "gone.txt": "",
    "new.bin": "1:\u0000\u0001|2:x",
  });
});

test("what became another kind of thing keeps the lines of others apart", () => {
  const { changes } = changesBetween(
    { "a.txt": "one\n", "dir/in.txt": "x\n", "file.txt": "f\n", "link.txt": "->a.txt", "z.txt": "z\n" },
    {
      ...{
        "a.txt": "->z.txt",
        "dir/in.txt": null,
        dir: "now a file\n",
        "file.txt": null,
        "file.txt/in.txt": "inside\n",
      },
      ...{ "link.txt": "now text\n", "z.txt": "z\nmore\n" },
    },
  );
  expect(added(changes)).toEqual({
    ...{ "a.txt": "1:z.txt", dir: "1:now a file", "dir/in.txt": "", "file.txt": "", "file.txt/in.txt": "1:inside" },
    ...{ "link.txt": "1:now text", "z.txt": "2:more" },
  });
});

test("two hundred files take three processes, and of more than may be none is read", () => {
  const files = Object.fromEntries(
    Array.from({ length: 200 }, (_, at) => [`f${String(at)}.txt`, `line ${String(at)}\n`]),
  );
  const { changes, processes } = changesBetween({}, files);
  expect([changes.length, processes]).toEqual([200, 3]);
  for (const [path, text] of Object.entries(added(changes))) expect(text).toBe(`1:${files[path]?.trim() ?? ""}`);
  const many = changesBetween({}, files, 199);
  expect([many.changes.length, many.processes]).toEqual([200, 1]);
  expect(new Set(Object.values(added(many.changes)))).toEqual(new Set([""]));
});
