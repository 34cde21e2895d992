import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createRedactor } from "../../redact/redact.ts";
import type { SourceLines } from "../report-findings.ts";
import { createSourceLines } from "./source-lines.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function place(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-sources-")));
  folders.push(folder);
  mkdirSync(join(folder, "root/.git"), { recursive: true });
  writeFileSync(join(folder, "outside.txt"), "secret");
  writeFileSync(join(folder, "root/a.py"), "one\r\n\ntwo\n");
  return join(folder, "root");
}

function linesOf(root: string, endedAt: number = Date.now() + 60_000): SourceLines {
  return createSourceLines({ root, endedAt, redactor: createRedactor({ secretValues: ["hunter2hunter2"] }) });
}

test("a file is read as lines, without secrets", () => {
  const root = place();
  writeFileSync(join(root, "b.py"), "x = 'hunter2hunter2'\n");
  expect(linesOf(root)("a.py")).toEqual(["one", "", "two"]);
  expect(linesOf(root)("b.py")?.join()).not.toContain("hunter2");
});

test("of a file that was touched after the run nothing is shown, also where its time was set back", () => {
  const root = place();
  const before = Date.now() - 60_000;
  expect(linesOf(root, before)("a.py")).toBeUndefined();
  utimesSync(join(root, "a.py"), new Date(before - 1000), new Date(before - 1000));
  expect(linesOf(root, before)("a.py")).toBeUndefined();
  expect(linesOf(root, Number.NaN)("a.py")).toBeUndefined();
});

test("nothing outside of the repository is read, nor its records", () => {
  const root = place();
  writeFileSync(join(root, ".git/config"), "token");
  symlinkSync(join(root, "../outside.txt"), join(root, "link.py"));
  symlinkSync(join(root, ".."), join(root, "up"), "junction");
  const read = linesOf(root);
  for (const path of [
    "../outside.txt",
    "x/../../outside.txt",
    join(root, "a.py"),
    "link.py",
    "up/outside.txt",
    ".git/config",
    "",
    "a\0b",
    "C:/x",
  ])
    expect([path, read(path)]).toEqual([path, undefined]);
});
