import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hookScript, isOurs } from "./hook-script.ts";

test("a script knows itself, and nobody else's", () => {
  expect(isOurs(hookScript("pre-commit"))).toBe(true);
  expect(isOurs("#!/bin/sh\nsymbiotic run gates --staged\n")).toBe(false);
  expect(isOurs("")).toBe(false);
});

test("it runs the program that made it, whatever its path holds, with nothing to read", () => {
  const folder = mkdtempSync(join(tmpdir(), "symbiotic-hook-"));
  const binary = join(folder, 'it\'s $HOME `a` "b".mjs');
  writeFileSync(
    binary,
    "import { readFileSync } from 'node:fs'; console.log(process.argv.slice(2).join(' ') + readFileSync(0).length);\n",
  );
  writeFileSync(join(folder, "hook"), hookScript("pre-push", { node: process.execPath, binary }));
  const line = "echo refs | sh ./hook";
  expect(execFileSync("sh", ["-c", line], { cwd: folder, encoding: "utf8" })).toBe("run gates --affected0\n");
  rmSync(folder, { recursive: true });
});

test("without a program it names no place, and paths of Windows lean forward", () => {
  expect(hookScript("pre-commit").split("\n").slice(2, 4)).toEqual(["node=", "made_by="]);
  const script = hookScript("pre-commit", { node: "C:\\Program Files\\node.exe", binary: "D:\\x\\symbiotic.js" });
  expect(script.split("\n").slice(2, 4)).toEqual(["node='C:/Program Files/node.exe'", "made_by='D:/x/symbiotic.js'"]);
});
