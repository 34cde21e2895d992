import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stagedPlace, type StagedPlace } from "./staged-place.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "symbiotic-place-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function placeOf(root: string, environment: Record<string, string> = {}): StagedPlace {
  mkdirSync(root, { recursive: true });
  const user = { home: join(folder, "home"), temporary: join(folder, "temporary"), environment };
  return stagedPlace({ root, gitDir: join(root, ".git") }, user);
}

test("each work tree has a place of its own, with its name, and the same one each time", () => {
  const [a, b] = [placeOf(join(folder, "a/app")), placeOf(join(folder, "b/app"))];
  expect([basename(a.tree), basename(b.tree)]).toEqual(["app", "app"]);
  expect(a.folder).not.toBe(b.folder);
  expect(placeOf(join(folder, "a/app"))).toEqual(a);
});

test("XDG_CACHE_HOME says where it lies, unless that is no whole path or lies in the work tree", () => {
  const root = join(folder, "app");
  const caches = (environment: Record<string, string>): string =>
    dirname(dirname(dirname(placeOf(root, environment).folder)));
  expect(caches({ XDG_CACHE_HOME: join(folder, "xdg") })).toBe(join(folder, "xdg"));
  expect(caches({ XDG_CACHE_HOME: "relative" })).not.toContain("relative");
  expect(caches({ XDG_CACHE_HOME: join(root, "cache") })).not.toContain(join(root, "cache"));
});

test("where all caches lie in the work tree, which is the home, it goes to the temporary folder", () => {
  const home = join(folder, "home");
  expect(placeOf(home).folder.startsWith(join(folder, "temporary"))).toBe(true);
});

test("the place of a work tree that is gone is removed with the next call", () => {
  const gone = placeOf(join(folder, "gone"));
  rmSync(join(folder, "gone"), { recursive: true });
  const kept = placeOf(join(folder, "kept"));
  expect([existsSync(gone.folder), readdirSync(dirname(kept.folder))]).toEqual([false, [basename(kept.folder)]]);
});
