import { renameSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TestRepository } from "../../support/repository.ts";
import { createListedRepository, EDITS, takeChanges, type Change } from "./support/listed.ts";

const edit =
  (path: string, text: string) =>
  (repository: TestRepository): void =>
    repository.write({ [path]: text });

const git =
  (...args: readonly string[]) =>
  (repository: TestRepository): void =>
    void repository.git(...args);

test("what git is told to pass over is looked at all the same", async () => {
  using repository = createListedRepository();
  const file = "a/src/one.txt";
  const marked = (mark: string): readonly Change[] => [
    { name: mark, change: git("update-index", `--${mark}`, file), missed: [] },
    { name: `${mark}: an edit`, change: edit(file, `${mark}\n`), missed: ["a"] },
    { name: `${mark}: the same size`, change: edit(file, `${mark.toUpperCase()}\n`), missed: ["a"] },
    // The second time this is known.
    { name: `${mark}: gone`, change: (r) => r.remove(file), missed: mark === "assume-unchanged" ? ["a"] : [] },
    { name: `${mark}: back, other than it was`, change: edit(file, `${mark} back\n`), missed: ["a"] },
    { name: `no longer: ${mark}`, change: git("update-index", `--no-${mark}`, file), missed: [] },
  ];
  await takeChanges(repository, [...marked("assume-unchanged"), ...marked("skip-worktree")]);
});

test("every file of a project may be marked", async () => {
  using repository = createListedRepository();
  for (const mark of ["--assume-unchanged", "--skip-worktree"])
    for (const path of repository.git("ls-files").split("\n")) repository.git("update-index", mark, path);
  await takeChanges(repository, EDITS);
});

test("a file that is only meant to be added counts by its bytes", async () => {
  using repository = createListedRepository();
  await takeChanges(repository, [
    { name: "it comes", change: edit("a/src/new.txt", "1\n"), missed: ["a"] },
    { name: "it is meant to be added", change: git("add", "-N", "a/src/new.txt"), missed: [] },
    { name: "an edit of it", change: edit("a/src/new.txt", "2\n"), missed: ["a"] },
    { name: "it is added", change: git("add", "a/src/new.txt"), missed: [] },
    { name: "it is unstaged", change: git("reset", "-q"), missed: [] },
    { name: "meant again, and empty", change: git("add", "-N", "a/src/new.txt"), missed: [] },
    { name: "emptied", change: edit("a/src/new.txt", ""), missed: ["a"] },
    { name: "gone, as at first", change: (r) => r.remove("a/src/new.txt"), missed: [] },
  ]);
});

test("in a conflict the bytes in the work tree count, not the stages", async () => {
  using repository = createListedRepository();
  repository.git("checkout", "-qb", "theirs");
  repository.write({ "a/src/one.txt": "theirs\n", "b/src/two.txt": "theirs\n" });
  repository.remove("a/src/two.txt");
  repository.commit("theirs");
  repository.git("checkout", "-q", "main");
  repository.write({ "a/src/one.txt": "ours\n", "a/src/two.txt": "ours\n" });
  repository.commit("ours");
  await takeChanges(repository, [
    {
      name: "a conflict in a, and a change in b that fits",
      change: (r) => {
        expect(() => r.git("merge", "theirs")).toThrow();
      },
      missed: ["a", "b"],
    },
    { name: "other words between the marks", change: edit("a/src/one.txt", "<<<<<<<\nboth\n"), missed: ["a"] },
    { name: "an edit of what they deleted", change: edit("a/src/two.txt", "mine\n"), missed: ["a"] },
    { name: "it is deleted", change: (r) => r.remove("a/src/two.txt"), missed: ["a"] },
    { name: "the deletion is taken", change: git("rm", "-q", "--cached", "a/src/two.txt"), missed: [] },
    { name: "the rest is taken", change: git("add", "-A"), missed: [] },
    { name: "committed", change: git("commit", "-qm", "both"), missed: [] },
    { name: "back to ours", change: git("reset", "-q", "--hard", "HEAD^"), missed: [] },
  ]);
});

test("a rename counts, also where only the case of a name is another", async () => {
  using repository = createListedRepository();
  await takeChanges(repository, [
    { name: "in capitals, by git", change: git("mv", "a/src/one.txt", "a/src/ONE.txt"), missed: ["a"] },
    {
      name: "back, without git",
      change: (r) => {
        renameSync(join(r.root, "a/src/ONE.txt"), join(r.root, "a/src/one.txt"));
      },
      missed: [],
    },
    { name: "a folder", change: git("mv", "b/src/deep", "b/src/Deep"), missed: ["b"] },
    {
      name: "two files swap names",
      change: (r) => {
        for (const [from, to] of [
          ["one", "spare"],
          ["two", "one"],
          ["spare", "two"],
        ] as const)
          renameSync(join(r.root, `b/src/${from}.txt`), join(r.root, `b/src/${to}.txt`));
      },
      missed: ["b"],
    },
  ]);
});

test.runIf(process.platform === "linux")(
  "with core.ignoreCase, on a file system that tells cases apart, names are told apart",
  async () => {
    using repository = createListedRepository();
    repository.git("config", "core.ignoreCase", "true");
    await takeChanges(repository, [
      { name: "in capitals", change: git("mv", "-f", "a/src/one.txt", "a/src/ONE.txt"), missed: ["a"] },
      {
        name: "without git",
        change: (r) => {
          renameSync(join(r.root, "b/src/one.txt"), join(r.root, "b/src/ONE.txt"));
        },
        missed: ["b"],
      },
      { name: "an edit of it", change: edit("b/src/ONE.txt", "b 111\n"), missed: ["b"] },
      { name: "one beside a tracked one", change: edit("a/src/TWO.txt", "more\n"), missed: ["a"] },
    ]);
  },
);
