import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { digestOf } from "../fingerprint/files/hash-file.ts";
import { isSame, lookAtFile, type FileState } from "./file-state.ts";

function folderWith(text: string): string {
  const root = mkdtempSync(join(tmpdir(), "symbiotic-test-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  writeFileSync(join(root, "file"), text);
  return root;
}

const LATER = 10_000;

function look(root: string, before?: FileState, laterMs = 0): FileState | undefined {
  return lookAtFile(root, "file", { before, nowMs: Date.now() + laterMs });
}

test("a file that was edited a while ago is not read", () => {
  const state = look(folderWith("1\n"), undefined, LATER);
  expect(state).toMatchObject({ isFresh: false, stat: { size: 2 } });
  expect(state?.digest).toBeUndefined();
});

test("a file that was edited just now is read, and once more when another edit would show", () => {
  const root = folderWith("1\n");
  const fresh = look(root);
  expect(fresh).toMatchObject({ isFresh: true, digest: digestOf("1\n") });
  const later = look(root, fresh, LATER);
  expect(later).toMatchObject({ isFresh: false, digest: digestOf("1\n") });
  expect(look(root, later, LATER)?.digest).toBeUndefined();
});

test("an edit that bears the same time and size as the one before is told by the bytes", () => {
  const root = folderWith("2\n");
  const now = look(root, undefined, LATER);
  if (now === undefined) throw new Error("it is there");
  const before = { stat: now.stat, isFresh: true, digest: digestOf("1\n") };
  const after = look(root, before, LATER);
  expect(after && isSame(before, after)).toBe(false);
  expect(after && isSame({ ...before, digest: digestOf("2\n") }, after)).toBe(true);
});

test("another size, time or mode is another state", () => {
  const state = look(folderWith("1\n"), undefined, LATER);
  if (state === undefined) throw new Error("it is there");
  expect(isSame(state, { ...state })).toBe(true);
  for (const changed of [{ size: 3 }, { mtimeMs: 1 }, { ctimeMs: 1 }, { ino: 1 }, { mode: 0o100_755 }])
    expect(isSame(state, { ...state, stat: { ...state.stat, ...changed } })).toBe(false);
});

test("nothing, a folder, and a file in the place of a folder hold no state; a link is not followed", () => {
  const root = folderWith("1\n");
  mkdirSync(join(root, "folder"));
  symlinkSync("nowhere", join(root, "link"));
  const at = (path: string): FileState | undefined => lookAtFile(root, path, { before: undefined, nowMs: Date.now() });
  expect(at("missing")).toBeUndefined();
  expect(at("folder")).toBeUndefined();
  expect(at("file/below")).toBeUndefined();
  expect(at("link")?.digest).toBeUndefined();
  expect(at("link")).toBeDefined();
});
