import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeFolder } from "./make-folder.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "make-folder-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

test("it makes what is missing, and nothing where all is there", () => {
  const folder = join(temporaryFolder(), "a", "b", "c");
  makeFolder(folder);
  makeFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
});

test("a file in the way is an error that names it", () => {
  const root = temporaryFolder();
  writeFileSync(join(root, "a"), "");
  expect(() => {
    makeFolder(join(root, "a", "b"));
  }).toThrow(/a/);
});

test.runIf(process.platform === "linux")("a file system that takes no folders is an error, and no endless loop", () => {
  expect(() => {
    makeFolder("/proc/no/such/place");
  }).toThrow("/proc/no");
});
