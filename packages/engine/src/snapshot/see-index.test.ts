import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRepository, type TestRepository } from "../../test/support/test-repository.ts";
import type { WorkFile } from "../workspace/git/list-files.ts";
import { seeIndex, type SeenIndex } from "./see-index.ts";

function tracked(...paths: readonly string[]): WorkFile[] {
  return paths.map((path) => ({ path, tracked: true, isLink: false }));
}

function see({ root }: TestRepository, files: readonly WorkFile[], later = 3_600_000): SeenIndex | undefined {
  const gitDir = join(root, ".git");
  return seeIndex(files, { root, gitDir, commonDir: gitDir, hashLength: 20, startedAt: Date.now() + later });
}

function sample(): TestRepository {
  const repository = createRepository();
  repository.write({ a: "1", b: "2", ".symbiotic/own": "3" });
  repository.commit();
  return repository;
}

test("an index is seen with git's own settings, and what it names and is not there", () => {
  using repository = sample();
  repository.remove("b");
  const rows = see(repository, tracked("a"))?.seen.map(({ path, kind }) => [
    path.slice(path.lastIndexOf("/") + 1),
    kind,
  ]);
  expect(rows).toEqual([
    ["index", "index"],
    ["b", "absent"],
    ["config", "file"],
    ["config.worktree", "absent"],
  ]);
});

test("an index that names other files than were listed is not seen", () => {
  using repository = sample();
  expect(see(repository, tracked("a", "b"))).toBeDefined();
  expect(see(repository, tracked("a"))).toBeUndefined();
  expect(see(repository, tracked("a", "b", "c"))).toBeUndefined();
  repository.git("rm", "-q", "--cached", "b");
  expect(see(repository, tracked("a", "b"))).toBeUndefined();
});

test("git's settings must be older than the run", () => {
  using repository = sample();
  expect(see(repository, tracked("a", "b"), 0)).toBeUndefined();
});

test("no index is none to see", () => {
  using repository = sample();
  rmSync(join(repository.root, ".git/index"));
  expect(see(repository, tracked("a", "b"))).toBeUndefined();
});

test.runIf(process.platform !== "win32")("an index with a link in it is not seen", () => {
  using repository = sample();
  repository.link("l", "a");
  repository.git("add", "l");
  expect(see(repository, tracked("a", "b", "l"))).toBeUndefined();
});
