import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { RepoPath } from "../core/path.ts";
import type { InputSet } from "../graph/input-set.ts";
import { matcher } from "../workspace/match.ts";
import { createLateFiles, type LateFiles } from "./late-files.ts";

const FILES = ["api/src/a.txt", "api/src/b.txt", "web/src/a.txt"];

interface Rig {
  readonly late: LateFiles;
  /** Makes a file now, after the listing. */
  readonly make: (path: string) => void;
  /** How often git was asked. */
  readonly asked: () => number;
}

/** A work tree that was listed long after its files were made; git ignores what is in a `dist`. */
function rig(now: () => readonly RepoPath[] = () => []): Rig {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-late-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const make = (path: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), "");
  };
  for (const path of FILES) make(path);
  // The times of folders are what the listing is compared with, so the clock of this test is theirs.
  for (const folder of [".", "api", "api/src", "web", "web/src"]) utimesSync(join(root, folder), 1000, 1000);
  let asked = 0;
  const list = (): readonly RepoPath[] => {
    asked += 1;
    return [...FILES, ...now()];
  };
  const listedAt = Date.now() + 3_600_000;
  const late = createLateFiles({ root, files: () => FILES, listedAt, list });
  const touch = (folder: string): void => {
    utimesSync(join(root, folder), listedAt / 1000 + 60, listedAt / 1000 + 60);
    if (folder !== ".") touch(dirname(folder));
  };
  return {
    late,
    make(path) {
      make(path);
      touch(dirname(path));
    },
    asked: () => asked,
  };
}

const set = (...globs: string[]): InputSet => ({
  label: "files",
  key: globs.join(),
  paths: () => [],
  optional: false,
  matches: matcher(globs),
});

const API = ["api/src/a.txt", "api/src/b.txt"];

test("a file that came after the listing and would be an input is found, however deep its folder is new", () => {
  const { late, make } = rig(() => ["api/src/new/deep/c.txt"]);
  make("api/src/new/deep/c.txt");
  expect(late.added([set("api/src/**")], API)).toEqual(["api/src/new/deep/c.txt"]);
});

test("where no folder has changed git is not asked", () => {
  const { late, asked } = rig();
  expect(late.added([set("api/**")], API)).toEqual([]);
  expect(asked()).toBe(0);
});

test("where what came is no input git is not asked", () => {
  const { late, make, asked } = rig(() => ["api/other.md"]);
  make("api/other.md");
  make("api/dist/out.txt");
  expect(late.added([set("api/src/**")], API)).toEqual([]);
  expect(asked()).toBe(0);
});

test("about a file that git ignores it is asked once, and about one that it lists everyone is told", () => {
  const { late, make, asked } = rig(() => ["api/late.txt"]);
  make("api/dist/out.txt");
  make("api/late.txt");
  for (let task = 0; task < 3; task += 1) expect(late.added([set("api/**/*.txt")], API)).toEqual(["api/late.txt"]);
  expect(late.added([set("web/**")], ["web/src/a.txt"])).toEqual([]);
  expect(asked()).toBe(1);
});

test("a file that comes after git was asked has it asked again", () => {
  const come = ["api/one.txt"];
  const { late, make, asked } = rig(() => come);
  make("api/one.txt");
  expect(late.added([set("api/*.txt")], API)).toEqual(["api/one.txt"]);
  come.push("api/two.txt");
  make("api/two.txt");
  expect(late.added([set("api/*.txt")], API)).toEqual(["api/one.txt", "api/two.txt"]);
  expect(asked()).toBe(2);
});

test("about a new folder with very much in it git is asked, once where it ignores all of it", () => {
  const { late, make, asked } = rig();
  for (let at = 0; at < 1001; at += 1) make(`api/dist/${String(at)}.js`);
  for (let task = 0; task < 3; task += 1) expect(late.added([set("api/**/*.js")], API)).toEqual([]);
  expect(asked()).toBe(1);
});

test("what git and the engine keep in folders of their own is never looked at", () => {
  const { late, make, asked } = rig();
  make(".symbiotic/runs/1/log");
  make(".git/index");
  expect(late.added([set("**")], API)).toEqual([]);
  expect(asked()).toBe(0);
});
