import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TestRepository } from "../../support/repository.ts";
import { createListedRepository, EDITS, list, takeChanges } from "./support/listed.ts";

const edit =
  (path: string, text: string) =>
  (repository: TestRepository): void =>
    repository.write({ [path]: text });

/** Runs git in a folder of the repository. */
function gitIn(repository: TestRepository, folder: string, ...args: readonly string[]): void {
  execFileSync("git", args, { cwd: join(repository.root, folder), env: repository.env, stdio: "pipe" });
}

/** Makes a repository beside this one and checks it out as a submodule in the sources of `a`. */
function addSubmodule(repository: TestRepository): void {
  const origin = join(repository.home, "origin");
  mkdirSync(origin);
  const git = (...args: readonly string[]): void => {
    execFileSync("git", args, { cwd: origin, env: repository.env, stdio: "pipe" });
  };
  git("init", "-q");
  repository.write({ "../home/origin/lib.txt": "lib\n", "../home/origin/deep/more.txt": "more\n" });
  git("add", "-A");
  git("commit", "-qm", "first");
  repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", origin, "a/src/module");
  repository.commit("with a submodule");
}

test("the files of a submodule are inputs of the project that it lies in, whatever its own git says of them", async () => {
  using repository = createListedRepository();
  addSubmodule(repository);
  await takeChanges(repository, [
    { name: "an edit in it", change: edit("a/src/module/lib.txt", "LIB\n"), missed: ["a"] },
    { name: "a new file in it", change: edit("a/src/module/deep/new.txt", "new\n"), missed: ["a"] },
    { name: "added there", change: (r) => gitIn(r, "a/src/module", "add", "-A"), missed: [] },
    { name: "committed there", change: (r) => gitIn(r, "a/src/module", "commit", "-qm", "more"), missed: [] },
    { name: "that commit is taken", change: (r) => void r.commit("taken"), missed: [] },
    {
      name: "an edit that its git was told to pass over",
      change: (r) => {
        gitIn(r, "a/src/module", "update-index", "--assume-unchanged", "lib.txt");
        edit("a/src/module/lib.txt", "lib!\n")(r);
      },
      missed: ["a"],
    },
    { name: "an edit beside it", change: edit("b/src/one.txt", "b 111\n"), missed: ["b"] },
    {
      name: "no longer checked out",
      change: (r) => void r.git("submodule", "--quiet", "deinit", "--force", "a/src/module"),
      missed: ["a"],
    },
    {
      name: "checked out again",
      change: (r) => void r.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init"),
      missed: [],
    },
  ]);
});

test("git may be set to go into submodules by itself", async () => {
  using repository = createListedRepository();
  addSubmodule(repository);
  repository.git("config", "submodule.recurse", "true");
  repository.git("config", "diff.ignoreSubmodules", "all");
  await takeChanges(repository, [
    { name: "an edit in it", change: edit("a/src/module/lib.txt", "LIB\n"), missed: ["a"] },
    ...EDITS,
  ]);
});

test("a gitlink without a module is nothing until there is a repository in its place", async () => {
  using repository = createListedRepository();
  repository.git("update-index", "--add", "--cacheinfo", `160000,${repository.git("rev-parse", "HEAD")},b/src/linked`);
  await takeChanges(repository, [
    ...EDITS,
    { name: "an empty folder in its place", change: (r) => mkdirSync(join(r.root, "b/src/linked")), missed: [] },
    {
      name: "a repository in its place",
      change: (r) => {
        r.git("init", "-q", "b/src/linked");
        edit("b/src/linked/x.txt", "x\n")(r);
      },
      missed: ["b"],
    },
    { name: "an edit in it", change: edit("b/src/linked/x.txt", "y\n"), missed: ["b"] },
  ]);
});

test.each([
  ["a sparse work tree", []],
  ["a sparse index", ["--sparse-index"]],
])("in %s what is not checked out is not there, and what is there counts", async (_, more) => {
  using repository = createListedRepository({ "c/far.txt": "far\n" });
  await takeChanges(repository, [
    {
      name: "without a folder of b",
      change: (r) => void r.git("sparse-checkout", "set", "--cone", ...more, "a", "b/src/none"),
      missed: ["b"],
    },
    ...EDITS,
    { name: "a file where nothing is checked out", change: edit("b/src/deep/three.txt", "here\n"), missed: ["b"] },
    { name: "edited there", change: edit("b/src/deep/three.txt", "HERE\n"), missed: ["b"] },
    {
      name: "the whole again",
      change: (r) => {
        rmSync(join(r.root, "b/src/deep"), { recursive: true });
        r.git("sparse-checkout", "disable");
      },
      missed: ["b"],
    },
  ]);
});

test("a sparse work tree without a whole project has the other one alone", async () => {
  using repository = createListedRepository();
  repository.git("sparse-checkout", "set", "--cone", "--sparse-index", "a");
  expect(await list(repository)).toEqual({ a: "miss" });
  expect(await list(repository)).toEqual({ a: "hit" });
  repository.write({ "a/src/one.txt": "a 111\n" });
  expect(await list(repository)).toEqual({ a: "miss" });
  repository.git("sparse-checkout", "disable");
  expect(await list(repository)).toEqual({ a: "hit", b: "miss" });
});

test("linked work trees share results and see their own edits alone", async () => {
  using repository = createListedRepository();
  const root = `${repository.root}-linked`;
  repository.git("worktree", "add", "-q", root);
  const git = (...args: readonly string[]): string => repository.git("-C", root, ...args);
  const linked: TestRepository = {
    ...repository,
    root,
    git,
    write: (files) =>
      repository.write(
        Object.fromEntries(Object.entries(files).map(([path, text]) => [`../repository-linked/${path}`, text])),
      ),
    read: (path) => repository.read(`../repository-linked/${path}`),
    remove: (...paths) => repository.remove(...paths.map((path) => `../repository-linked/${path}`)),
  };
  expect(await list(repository)).toEqual({ a: "miss", b: "miss" });
  expect(await list(linked)).toEqual({ a: "hit", b: "hit" });
  await takeChanges(linked, EDITS);
  expect(await list(repository)).toEqual({ a: "hit", b: "hit" });
  // The same bytes in the other one are known already.
  repository.write({ "a/src/deep/three.txt": "a 33333\n" });
  expect(await list(repository)).toEqual({ a: "hit", b: "hit" });
});

test("a shallow clone, whose commits have no parents, is like any other", async () => {
  using repository = createListedRepository();
  repository.commit("second");
  using shallow = repository.clone("--depth", "1");
  expect(shallow.git("rev-parse", "--is-shallow-repository")).toBe("true");
  await takeChanges(shallow, EDITS);
  shallow.git("checkout", "-q", "--force", "HEAD");
  rmSync(join(shallow.root, "b/src/new.txt"));
  expect(await list(shallow)).toEqual({ a: "hit", b: "hit" });
});

test("with a detached head edits and other commits are seen", async () => {
  using repository = createListedRepository();
  const first = repository.git("rev-parse", "HEAD");
  repository.write({ "b/src/one.txt": "b second\n" });
  repository.commit("second");
  await takeChanges(repository, [
    { name: "the commit before", change: (r) => void r.git("checkout", "-q", "--detach", first), missed: ["b"] },
    { name: "the newer one", change: (r) => void r.git("checkout", "-q", "main"), missed: [] },
    { name: "the commit before again", change: (r) => void r.git("checkout", "-q", "--detach", first), missed: [] },
    ...EDITS,
  ]);
});

test.each([
  ["and nothing added", []],
  ["and all added", ["-A"]],
  ["and a part added", ["a", "package.json"]],
])("without a commit %s edits are seen", async (_, added) => {
  using repository = createListedRepository();
  rmSync(join(repository.root, ".git"), { recursive: true });
  repository.git("init", "-q");
  if (added.length > 0) repository.git("add", ...added);
  await takeChanges(repository, [
    ...EDITS,
    { name: "the first commit", change: (r) => void r.commit("first"), missed: [] },
  ]);
});

test("a repository with SHA-256 ids is like any other", async () => {
  using repository = createListedRepository();
  rmSync(join(repository.root, ".git"), { recursive: true });
  repository.git("init", "-q", "--object-format=sha256");
  repository.commit("first");
  repository.git("update-index", "--add", "--cacheinfo", `160000,${repository.git("rev-parse", "HEAD")},c`);
  await takeChanges(repository, [
    ...EDITS,
    { name: "version 4", change: (r) => void r.git("update-index", "--index-version", "4"), missed: [] },
  ]);
});
