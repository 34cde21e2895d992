import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findWorkTree } from "./work-tree.ts";

function makeFolder(): Disposable & { readonly root: string } {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-tree-")));
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

test("the nearest folder with a `.git` is the root, also from below and through a link", () => {
  using folder = makeFolder();
  const root = join(folder.root, "repository");
  mkdirSync(join(root, ".git"), { recursive: true });
  mkdirSync(join(root, "a/b"), { recursive: true });
  symlinkSync(join(root, "a"), join(folder.root, "link"), "junction");
  const found = { root, gitDir: join(root, ".git") };
  for (const cwd of [root, join(root, "a/b"), join(folder.root, "link/b")]) expect(findWorkTree(cwd)).toEqual(found);
});

test("a `.git` that is a file leads to a git directory elsewhere", () => {
  using folder = makeFolder();
  mkdirSync(join(folder.root, "main/worktrees/one"), { recursive: true });
  mkdirSync(join(folder.root, "one"));
  const gitDir = join(folder.root, "main/worktrees/one");
  for (const text of [`gitdir: ${gitDir}\n`, "gitdir: ../main/worktrees/one\r\n", "gitdir: ../main/worktrees/one"]) {
    writeFileSync(join(folder.root, "one/.git"), text);
    expect(findWorkTree(join(folder.root, "one"))).toEqual({ root: join(folder.root, "one"), gitDir });
  }
  writeFileSync(join(folder.root, "one/.git"), "gitdir: ../gone\n");
  expect(() => findWorkTree(join(folder.root, "one"))).toThrow("ENOENT");
});

test("no repository is found above a folder that is in none", () => {
  using folder = makeFolder();
  expect(findWorkTree(folder.root)).toBeUndefined();
});
