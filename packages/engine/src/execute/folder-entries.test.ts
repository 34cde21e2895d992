import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createFolderEntries } from "./folder-entries.ts";

function folder(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-entries-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "a/b"), { recursive: true });
  writeFileSync(join(root, "a/x.txt"), "");
  return root;
}

test("a folder tells what it holds by path, and which of it are folders", () => {
  const entries = createFolderEntries(folder());
  expect([...entries("a")].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
    { path: "a/b", isFolder: true },
    { path: "a/x.txt", isFolder: false },
  ]);
});

test("what came since is told, also right after a look", () => {
  const root = folder();
  const entries = createFolderEntries(root);
  const names = (): string[] => entries("a").map(({ path }) => path);
  expect(names()).not.toContain("a/y.txt");
  writeFileSync(join(root, "a/y.txt"), "");
  expect(names()).toContain("a/y.txt");
  rmSync(join(root, "a/x.txt"));
  expect(names()).not.toContain("a/x.txt");
});

/** The clock of a look that is made long after the folder was made. */
const later = (): number => Date.now() + 60_000;

test.skipIf(process.platform === "win32")(
  "a folder in an old state is read once, and again when its state is another",
  () => {
    const root = folder();
    const entries = createFolderEntries(root, later);
    const first = entries("a");
    expect(entries("a")).toBe(first);
    writeFileSync(join(root, "a/y.txt"), "");
    expect(entries("a").map(({ path }) => path)).toContain("a/y.txt");
  },
);

test("a state that is young proves nothing: the folder is read again", () => {
  const entries = createFolderEntries(folder());
  const first = entries("a");
  expect(entries("a")).not.toBe(first);
});

test("a folder that is not there, and a file in its place, hold nothing", () => {
  const entries = createFolderEntries(folder());
  expect(entries("c")).toEqual([]);
  expect(entries("a/x.txt")).toEqual([]);
});
