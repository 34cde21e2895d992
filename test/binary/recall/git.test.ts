import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compare, createRecallRepository, takeSteps, tell } from "../../support/recall-rig.ts";
import { linkPackages, type TestRepository } from "../../support/repository.ts";

const at = ({ root }: TestRepository, path: string): string => join(root, path);

test("forms of the index that say the same are told from the snapshot", async () => {
  using repository = createRecallRepository();
  await takeSteps(repository, [
    { name: "version 4", change: (r) => r.git("update-index", "--index-version", "4"), isRecalled: true },
    { name: "version 3", change: (r) => r.git("update-index", "--index-version", "3"), isRecalled: true },
    { name: "refreshed", change: (r) => r.git("update-index", "--really-refresh", "-q"), isRecalled: true },
    { name: "an untracked cache", change: (r) => r.git("update-index", "--force-untracked-cache"), isRecalled: true },
    {
      name: "no checksum",
      change: (r) => {
        r.git("-c", "index.skipHash=true", "update-index", "--index-version", "2", "--force-write-index");
      },
      isRecalled: true,
    },
    {
      name: "staged",
      change: (r) => {
        r.write({ "README.md": "more\n" });
        r.git("add", "README.md");
      },
      isRecalled: true,
    },
    { name: "committed", change: (r) => r.git("commit", "-qm", "more"), isRecalled: true },
    { name: "another branch", change: (r) => r.git("checkout", "-qb", "other"), isRecalled: true },
    { name: "a detached head", change: (r) => r.git("checkout", "-q", "--detach"), isRecalled: true },
  ]);
});

test("what git is told of a file counts as it does without a snapshot", async () => {
  using repository = createRecallRepository();
  await takeSteps(repository, [
    {
      name: "assume unchanged",
      change: (r) => r.git("update-index", "--assume-unchanged", "lib/src/a.txt"),
      isRecalled: false,
    },
    { name: "an edit of it", change: (r) => r.write({ "lib/src/a.txt": "bad a\n" }), isRecalled: false },
    {
      name: "skip it",
      change: (r) => r.git("update-index", "--no-assume-unchanged", "--skip-worktree", "lib/src/a.txt"),
      isRecalled: false,
    },
    { name: "skipped and gone", change: (r) => r.remove("lib/src/a.txt"), isRecalled: false },
    { name: "back again", change: (r) => r.write({ "lib/src/a.txt": "a\n" }), isRecalled: false },
    {
      name: "intended to be added",
      change: (r) => {
        r.write({ "lib/src/n.txt": "bad n\n" });
        r.git("add", "-N", "lib/src/n.txt");
      },
      isRecalled: false,
    },
    {
      name: "added with other bytes",
      change: (r) => {
        r.write({ "lib/src/n.txt": "n\n" });
        r.git("add", "lib/src/n.txt");
      },
      isRecalled: false,
    },
    {
      name: "more is ignored",
      change: (r) => {
        r.write({ "lib/src/u.txt": "bad u\n" });
      },
      isRecalled: false,
    },
    { name: "it is ignored", change: (r) => appendFileSync(at(r, ".git/info/exclude"), "u.txt\n"), isRecalled: false },
    {
      name: "another file is ignored, by the user",
      change: (r) => {
        writeFileSync(join(r.home, "ignore"), "*.md\n");
        writeFileSync(join(r.home, ".gitconfig"), `[core]\n\texcludesFile = ${join(r.home, "ignore")}\n`);
        r.write({ "lib/more.md": "1\n" });
      },
      isRecalled: false,
    },
    { name: "no longer", change: (r) => rmSync(join(r.home, ".gitconfig")), isRecalled: false },
    {
      name: "a nested repository",
      change: (r) => {
        mkdirSync(at(r, "lib/src/nested"));
        r.git("init", "-q", "lib/src/nested");
        writeFileSync(at(r, "lib/src/nested/x.txt"), "bad x\n");
      },
      isRecalled: true,
    },
    {
      name: "no repository any more",
      change: (r) => rmSync(at(r, "lib/src/nested/.git"), { recursive: true }),
      isRecalled: false,
    },
  ]);
});

test("conflicts, a split index and a sparse one are told as the whole way tells them", async () => {
  using repository = createRecallRepository();
  repository.git("checkout", "-qb", "theirs");
  repository.write({ "lib/src/a.txt": "theirs\n" });
  repository.git("commit", "-qam", "theirs");
  repository.git("checkout", "-q", "main");
  repository.write({ "lib/src/a.txt": "ours\n" });
  repository.git("commit", "-qam", "ours");
  await takeSteps(repository, [
    {
      name: "a conflict",
      change: (r) => {
        expect(() => r.git("merge", "theirs")).toThrow();
      },
      isRecalled: false,
    },
    {
      name: "solved",
      change: (r) => {
        r.write({ "lib/src/a.txt": "both\n" });
        r.git("add", "-A");
      },
      isRecalled: false,
    },
    {
      name: "split",
      change: (r) => r.git("update-index", "--split-index"),
      undo: (r) => r.git("update-index", "--no-split-index"),
      isRecalled: false,
    },
    {
      name: "a branch with another file",
      change: (r) => {
        r.git("commit", "-qm", "both");
        r.git("checkout", "-q", "theirs");
      },
      isRecalled: false,
    },
    {
      name: "sparse, the app is gone",
      change: (r) => r.git("sparse-checkout", "set", "--cone", "--sparse-index", "lib"),
      undo: (r) => r.git("sparse-checkout", "disable"),
      isRecalled: false,
    },
    {
      name: "sparse without folders in the index",
      change: (r) => r.git("sparse-checkout", "set", "--no-cone", "/*", "!/app/src/main.txt"),
      isRecalled: false,
    },
    {
      name: "the file is there all the same",
      change: (r) => r.write({ "app/src/main.txt": "bad main\n" }),
      isRecalled: false,
    },
  ]);
});

test("the work tree that git names is the one that counts", async () => {
  using repository = createRecallRepository();
  const elsewhere = join(repository.home, "elsewhere");
  mkdirSync(elsewhere);
  await takeSteps(repository, [
    {
      name: "git's configuration names another work tree",
      change: (r) => r.git("config", "core.worktree", elsewhere),
      undo: (r) => {
        const file = at(r, ".git/config");
        writeFileSync(file, readFileSync(file, "utf8").replace(/\tworktree = .*\n/, ""));
      },
      isRecalled: false,
    },
    {
      name: "git's configuration is broken",
      change: (r) => appendFileSync(at(r, ".git/config"), "[core\n"),
      undo: (r) =>
        writeFileSync(at(r, ".git/config"), readFileSync(at(r, ".git/config"), "utf8").replace("[core\n", "")),
      isRecalled: false,
    },
  ]);
});

test("a run that is called from a place where git finds nothing finds no snapshot either", async () => {
  using repository = createRecallRepository();
  await tell(repository);
  expect((await tell(repository)).isRecalled).toBe(true);
  for (const place of [".git", ".git/refs"]) {
    const { exitCode, isRecalled } = await tell(repository, { cwd: at(repository, place) });
    expect({ place, exitCode, isRecalled }).toEqual({ place, exitCode: 2, isRecalled: undefined });
  }
  // A bare repository among the files is a repository of its own.
  repository.git("init", "-q", "--bare", "bare.local");
  const { first, here, whole } = await compare(repository, { cwd: at(repository, "bare.local/refs") });
  expect(first.exitCode).toBe(2);
  expect(here).toEqual(whole);
});

test("a run from a folder below is told from a snapshot of its own", async () => {
  using repository = createRecallRepository();
  const cwd = at(repository, "lib/src");
  await tell(repository);
  expect((await tell(repository, { cwd })).isRecalled).toBe(false);
  expect((await tell(repository, { cwd })).isRecalled).toBe(true);
  repository.write({ "app/src/new.txt": "bad new\n" });
  const { first, here, whole } = await compare(repository, { cwd });
  expect(first.isRecalled).toBe(false);
  expect(here).toEqual(whole);
});

test("inherited variables of git say nothing", async () => {
  using repository = createRecallRepository();
  const env = { GIT_DIR: "/nowhere", GIT_WORK_TREE: "/nowhere", GIT_INDEX_FILE: "/nowhere/index" };
  await tell(repository);
  const { isRecalled } = await tell(repository, { env });
  expect(isRecalled).toBe(true);
});

test("without git a run says so where a snapshot does not tell it whole", async () => {
  using repository = createRecallRepository();
  await tell(repository);
  repository.write({ "lib/src/a.txt": "bad a\n" });
  const { exitCode, stderr } = await tell(repository, { env: { PATH: "/nowhere" } });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("SYM7001");
});

test("linked work trees have their own snapshots", async () => {
  using repository = createRecallRepository();
  const root = `${repository.root}-linked`;
  repository.git("worktree", "add", "-q", root);
  linkPackages(root);
  const linked = { ...repository, root, git: (...args: readonly string[]) => repository.git("-C", root, ...args) };
  await tell(repository);
  await tell(linked);
  expect((await tell(linked)).isRecalled).toBe(true);
  repository.write({ "lib/src/a.txt": "bad a\n" });
  expect((await tell(linked)).isRecalled).toBe(true);
  expect((await tell(repository)).isRecalled).toBe(false);
  // The other work tree has put records into the cache that both share.
  expect((await tell(linked)).isRecalled).toBe(true);
});

test("a repository with SHA-256 ids is told from a snapshot, too", async () => {
  using repository = createRecallRepository();
  rmSync(at(repository, ".git"), { recursive: true });
  repository.git("init", "-q", "--object-format=sha256");
  repository.commit();
  await takeSteps(repository, [
    { name: "nothing", change: () => undefined, isRecalled: true },
    { name: "a deleted file", change: (r) => r.remove("README.md"), isRecalled: false },
    { name: "version 4", change: (r) => r.git("update-index", "--index-version", "4"), isRecalled: true },
  ]);
});
