import { expect, test } from "vitest";
import { sampleAtom, sampleProject, sampleTask } from "../../test/support/sample-tasks.ts";
import { checkOwnership, ownedPaths, ownersOf, type KnownFile } from "./ownership.ts";
import type { Task } from "./task.ts";

function task(id: string, outputs: readonly string[], root?: string): Task {
  const [name = ""] = id.split(":");
  const project = sampleProject(name, root === undefined ? {} : { root });
  return sampleTask(id, [], { atom: sampleAtom({ kind: "build", outputs: () => outputs }), project });
}

function problems(tasks: readonly Task[], files: readonly KnownFile[] = []): string[] {
  const owners = ownersOf(tasks);
  return (owners.ok ? checkOwnership(owners.value, files) : owners.error).map(
    ({ code, message }) => `${code} ${message}`,
  );
}

function tracked(...paths: readonly string[]): KnownFile[] {
  return paths.map((path) => ({ path, tracked: true }));
}

test("tasks with outputs of their own are well, beside files that nobody tracks", () => {
  const files = [...tracked("api/src/a.py", "distant/a", "api/dist.md"), { path: "api/dist/a.js", tracked: false }];
  expect(problems([task("api:build", ["dist", "a.txt"]), task("core:build", ["dist"])], files)).toEqual([]);
  expect(problems([sampleTask("api:check")], tracked("api/a.py"))).toEqual([]);
});

test("an output that git tracks, or that holds a file that git tracks, is refused by both names", () => {
  expect(
    problems([task("api:build", ["a.txt", "gen"])], tracked("api/a.txt", "api/gen/deep/b.py", "api/gen/c.py")),
  ).toEqual([
    "SYM3012 api:build owns api/a.txt, which git tracks",
    "SYM3012 api:build owns api/gen, and git tracks api/gen/deep/b.py in it",
  ]);
});

test("two tasks that own the same path, or one a path in the other's, are refused by both names, once", () => {
  expect(problems([task("api:one", ["dist", "gen"]), task("api:two", ["./dist/", "gen"])])).toEqual([
    "SYM3011 api:one and api:two both own api/dist",
  ]);
  expect(problems([task("api:outer", ["dist"]), task("root:inner", ["api/dist/js/a.js"], ".")])).toEqual([
    "SYM3011 api:outer owns api/dist, and root:inner owns api/dist/js/a.js in it",
  ]);
});

test("the root, a place outside the repository, and folders of git and of the engine cannot be owned", () => {
  for (const [output, named] of [
    ["..", "the root of the repository"],
    ["../..", "..,"],
    ["../../elsewhere", "../elsewhere,"],
    ["/etc", "../etc,"],
    ["../.git/hooks", ".git/hooks,"],
    ["../.symbiotic/out", ".symbiotic/out,"],
  ]) {
    expect(problems([task("api:build", [output ?? ""])])).toEqual([
      expect.stringContaining(`SYM3010 api:build owns ${named ?? ""}`),
    ]);
  }
});

test("one folder has one spelling, and only what builds owns anything", () => {
  expect(ownedPaths(task("api:build", ["./dist/", "dist", "a//b/../c"]))).toEqual(["api/a/c", "api/dist"]);
  expect(ownedPaths({ ...task("api:build", ["dist"]), atom: sampleAtom({ outputs: () => ["dist"] }) })).toEqual([]);
});

test("a hook that throws is named", () => {
  const atom = sampleAtom({
    kind: "build",
    outputs: () => {
      throw new Error("no");
    },
  });
  expect(problems([sampleTask("api:build", [], { atom })])).toEqual(["SYM4009 api:build: outputs threw: no"]);
});
