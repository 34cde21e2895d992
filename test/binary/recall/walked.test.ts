import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { createRecallRepository, takeSteps, tell } from "../../support/recall-rig.ts";
import type { TestRepository } from "../../support/repository.ts";

const at = ({ root }: TestRepository, path: string): string => join(root, path);

test("a file is seen to have come wherever git would list it", async () => {
  using repository = createRecallRepository({ "lib/docs/deep/x.md": "x\n" });
  await takeSteps(repository, [
    { name: "beside others", change: (r) => r.write({ "lib/more.md": "more\n" }), isRecalled: false },
    { name: "deep", change: (r) => r.write({ "lib/docs/deep/y.md": "y\n" }), isRecalled: false },
    { name: "in a new folder", change: (r) => r.write({ "lib/new/folder/z.md": "z\n" }), isRecalled: false },
    { name: "an empty folder", change: (r) => mkdirSync(at(r, "lib/empty")), isRecalled: true },
    { name: "a folder in it", change: (r) => mkdirSync(at(r, "lib/empty/in")), isRecalled: true },
    { name: "a file in that", change: (r) => r.write({ "lib/empty/in/a.md": "a\n" }), isRecalled: false },
    { name: "it is gone", change: (r) => r.remove("lib/empty/in/a.md"), isRecalled: false },
    { name: "it is back", change: (r) => r.write({ "lib/empty/in/a.md": "a\n" }), isRecalled: false },
    { name: "an ignored one", change: (r) => r.write({ "lib/b.local": "b\n" }), isRecalled: true },
    { name: "in an ignored folder", change: (r) => r.write({ "lib/tmp.local/c.md": "c\n" }), isRecalled: true },
    { name: "another there", change: (r) => r.write({ "lib/tmp.local/deep/d.md": "d\n" }), isRecalled: true },
  ]);
});

test("other rules of what git ignores bring files and take them away", async () => {
  using repository = createRecallRepository({ "lib/build/keep.txt": "keep\n" });
  repository.write({ "lib/build/extra.md": "extra\n", "lib/u.md": "u\n" });
  const rules = join(repository.home, ".config/git/ignore");
  await takeSteps(repository, [
    { name: "of a folder", change: (r) => r.write({ "lib/.gitignore": "u.md\n" }), isRecalled: false },
    { name: "others", change: (r) => r.write({ "lib/.gitignore": "v.md\n" }), isRecalled: false },
    { name: "of the repository", change: (r) => appendFileSync(at(r, ".gitignore"), "u.md\n"), isRecalled: false },
    {
      name: "less of them",
      change: (r) => writeFileSync(at(r, ".gitignore"), "node_modules/\ndist/\n*.local\n"),
      isRecalled: false,
    },
    { name: "of the clone", change: (r) => appendFileSync(at(r, ".git/info/exclude"), "u.md\n"), isRecalled: false },
    {
      name: "of the user",
      change: () => {
        mkdirSync(join(repository.home, ".config/git"), { recursive: true });
        writeFileSync(rules, "extra.md\n");
      },
      isRecalled: false,
    },
    { name: "none of the user", change: () => rmSync(rules), isRecalled: false },
    {
      name: "named in the repository's settings",
      change: (r) => {
        writeFileSync(join(r.home, "mine"), "extra.md\n");
        r.git("config", "core.excludesFile", join(r.home, "mine"));
      },
      isRecalled: false,
    },
    { name: "others by that name", change: (r) => writeFileSync(join(r.home, "mine"), "u.md\n"), isRecalled: false },
  ]);
});

test("rules in a file that other settings include are asked of git", async () => {
  using repository = createRecallRepository();
  repository.write({ "lib/u.md": "u\n" });
  const more = join(repository.home, "more");
  repository.git("config", "include.path", more);
  await takeSteps(repository, [
    {
      name: "the file comes",
      change: (r) => {
        writeFileSync(join(r.home, "mine"), "u.md\n");
        writeFileSync(more, `[core]\n\texcludesFile = ${join(r.home, "mine")}\n`);
      },
      isRecalled: false,
    },
    { name: "what it names is another", change: (r) => writeFileSync(join(r.home, "mine"), "\n"), isRecalled: false },
  ]);
});

test("a run in which nothing changed starts no git; after a touch it does once", async () => {
  using repository = createRecallRepository();
  const calls = join(repository.home, "calls");
  const folder = join(repository.home, "bin");
  mkdirSync(folder);
  writeFileSync(join(folder, "git"), `#!/bin/sh\necho "$@" >> "${calls}"\nPATH="\${PATH#*:}" exec git "$@"\n`);
  chmodSync(join(folder, "git"), 0o755);
  const env = { PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` };
  const callsOf = async (): Promise<{ readonly isRecalled: boolean | undefined; readonly calls: number }> => {
    rmSync(calls, { force: true });
    const { isRecalled } = await tell(repository, { env });
    return { isRecalled, calls: existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n").length : 0 };
  };
  await callsOf();
  await callsOf();
  expect(await callsOf()).toEqual({ isRecalled: true, calls: 0 });
  utimesSync(join(repository.root, "lib"), 1000, 1000);
  expect(await callsOf()).toEqual({ isRecalled: true, calls: 1 });
  expect(await callsOf()).toEqual({ isRecalled: true, calls: 0 });
  mkdirSync(join(repository.root, "lib/empty"));
  expect(await callsOf()).toEqual({ isRecalled: true, calls: 1 });
  // Nobody would see what comes into that folder.
  expect(await callsOf()).toEqual({ isRecalled: true, calls: 1 });
});

test("rules that git does not list are seen to come", async () => {
  using repository = createRecallRepository({ "lib/docs/x.md": "x\n" });
  writeFileSync(at(repository, ".git/info/exclude"), ".gitignore\nu.md\n");
  repository.write({ "lib/docs/u.md": "u\n" });
  await tell(repository);
  expect((await tell(repository)).isRecalled).toBe(true);
  repository.write({ "lib/docs/.gitignore": "#\n" });
  expect((await tell(repository)).isRecalled).toBe(true);
  expect((await tell(repository)).isRecalled).toBe(true);
  writeFileSync(at(repository, "lib/docs/.gitignore"), "!u.md\n");
  expect((await tell(repository)).isRecalled).toBe(false);
});
