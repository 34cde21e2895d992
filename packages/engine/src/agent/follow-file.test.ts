import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, expect, test } from "vitest";
import { followFile, sizeNow } from "./follow-file.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "follow-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test("a file that comes later is read to its end, and a last line without one is not told", () => {
  const place = { folder: join(folder(), "later"), ending: "-id.jsonl" };
  const lines: string[] = [];
  const followed = followFile(place, 0, (line) => lines.push(line));
  mkdirSync(join(place.folder, "2026/11"), { recursive: true });
  writeFileSync(join(place.folder, "2026/11/a-other.jsonl"), "no\n");
  writeFileSync(join(place.folder, "2026/11/a-id.jsonl"), `one\n${"ä".repeat(300_000)}\nhal`);
  followed.end();
  expect(lines.map((line) => line.length)).toEqual([3, 300_000]);
});

test("what a file held before is not told", () => {
  const place = { folder: folder(), ending: "-id.jsonl" };
  const file = join(place.folder, "a-id.jsonl");
  writeFileSync(file, "old\n");
  const lines: string[] = [];
  const followed = followFile(place, sizeNow(place), (line) => lines.push(line));
  appendFileSync(file, "new\n");
  followed.end();
  expect(lines).toEqual(["new"]);
});

test("a file that never comes is no trouble", () => {
  const place = { folder: "/nowhere/at/all", ending: "x" };
  expect(sizeNow(place)).toBe(0);
  expect(() => followFile(place, 0, () => undefined).end()).not.toThrow();
});
