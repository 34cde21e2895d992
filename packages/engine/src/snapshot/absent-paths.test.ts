import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { groupAbsent } from "./absent-paths.ts";
import { keptResults } from "./kept-results.ts";
import { lookAgain, type SecondLook } from "./look-again.ts";
import { absent, entry } from "./see-file.ts";
import { type SeenPath, type SeenTable, seenTable } from "./seen-paths.ts";
import type { Snapshot } from "./snapshot.ts";

const LATER = Date.now() + 3_600_000;

function makeRoot(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-absent-")));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  mkdirSync(join(root, "a"));
  return root;
}

const PATHS = ["top.toml", "a/one.toml", "a/two.toml", "gone/three.toml"];

function tableOf(root: string, startedAt = LATER): SeenTable {
  const seen = [entry("a", join(root, "a"), "folder"), ...PATHS.map(absent)].filter((each) => each !== undefined);
  return seenTable(groupAbsent(seen, { root, startedAt }));
}

function look(root: string, table: SeenTable): SecondLook | undefined {
  return lookAgain(table, { root, now: () => LATER });
}

test("what is absent in one folder is one row, which stands for the folder too", () => {
  expect(tableOf(makeRoot()).paths).toEqual(["gone/three.toml", ".//top.toml", "a//one.toml/two.toml"]);
});

test("nothing came: all of it is as it was, and nothing is learned", () => {
  const root = makeRoot();
  expect(look(root, tableOf(root))).toEqual({ edited: [], moved: [], written: [], hasLearned: false });
});

test.each(PATHS)("%s came", (path) => {
  const root = makeRoot();
  const table = tableOf(root);
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), "");
  expect(look(root, table)).toBeUndefined();
});

test("another name came: what is absent still is, and the folder's new state proves it from now on", () => {
  const root = makeRoot();
  const table = tableOf(root);
  writeFileSync(join(root, "a/other"), "");
  utimesSync(join(root, "a"), 1, 1);
  expect(look(root, table)).toEqual({ edited: [], moved: [2], written: [], hasLearned: true });
  expect(look(root, table)).toEqual({ edited: [], moved: [], written: [], hasLearned: false });
});

test("a folder that was touched while the run looked proves nothing: each name is looked at", () => {
  const root = makeRoot();
  const table = tableOf(root, Date.now());
  writeFileSync(join(root, "a/one.toml"), "");
  expect(look(root, table)).toBeUndefined();
});

test.each(["a file", "nothing"])("%s in the place of the folder is another state", (what) => {
  const root = makeRoot();
  const table = tableOf(root);
  rmSync(join(root, "a"), { recursive: true });
  if (what === "a file") writeFileSync(join(root, "a"), "");
  expect(look(root, table)).toBeUndefined();
});

test("what a later run keeps of it is what was seen", () => {
  const root = makeRoot();
  const kept = keptResults({ snapshot: { records: [] } as unknown as Snapshot, seen: tableOf(root) }, [], 0).seen();
  expect(kept.map(({ path, kind }) => `${kind} ${path}`).sort()).toEqual([
    "absent a/one.toml",
    "absent a/two.toml",
    "absent gone/three.toml",
    "absent top.toml",
    "entry .",
    "entry a",
  ]);
  const again: readonly SeenPath[] = groupAbsent(kept, { root, startedAt: LATER });
  expect(seenTable(again)).toEqual(tableOf(root));
});
