import { chmodSync, lstatSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TestRepository } from "../../support/repository.ts";
import { commandRepository, displacedIn, linesIn, run, treeOf, type CommandAtom } from "./support/commands.ts";

/** Makes a file, one in a folder, a program and a link, of `in.txt`; a line in the home folder tells that it ran. */
const MAKE = `echo ran >> "$HOME/ran"
mkdir -p dist/sub
cp in.txt dist/out.txt
cp in.txt dist/sub/deep.txt
printf '#!/bin/sh\\n' > dist/tool
chmod 755 dist/tool
ln -sf out.txt dist/link
`;

const WANTED = {
  link: "-> out.txt",
  "out.txt": "100644 1\n",
  "sub/deep.txt": "100644 1\n",
  tool: "100755 #!/bin/sh\n",
};

const BUILD: CommandAtom = { command: "sh make.sh", inputs: ["in.txt", "make.sh"], outputs: ["dist"] };

function building(make = MAKE, atom: CommandAtom = BUILD): TestRepository {
  return commandRepository({ atoms: { build: atom }, files: { "in.txt": "1\n", "make.sh": make } });
}

function dist(repository: TestRepository, ...path: readonly string[]): string {
  return join(repository.root, "dist", ...path);
}

test("files that lie in an output folder before the task runs are moved aside, told of, and never captured", async () => {
  using repository = building();
  repository.write({ "dist/mine.txt": "a person's\n", "dist/sub/mine.txt": "too\n" });
  symlinkSync("mine.txt", dist(repository, "also-mine"));
  const first = await run(repository, ["build"]);
  expect(first).toMatchObject({ exitCode: 0, ended: { "root:build": "ok miss" } });
  expect(first.all).toContain("SYM6008  3 files are not what a record of this task made");
  expect(treeOf(dist(repository))).toEqual(WANTED);
  expect(displacedIn(repository)).toEqual({
    "dist/also-mine": "-> mine.txt",
    "dist/mine.txt": "100644 a person's\n",
    "dist/sub/mine.txt": "100644 too\n",
  });
  repository.remove("dist");
  expect((await run(repository, ["build"])).ended).toEqual({ "root:build": "ok hit" });
  expect(treeOf(dist(repository))).toEqual(WANTED);
});

test.each<[when: string, before: (repository: TestRepository) => void]>([
  ["nothing changed", () => undefined],
  ["another file of the repository changed", (repository) => repository.write({ "other.txt": "2\n" })],
  ["an output was deleted, too", (repository) => repository.remove("dist/out.txt")],
])("a file in an output folder before a hit is moved aside and told of: %s", async (_when, before) => {
  using repository = building();
  await run(repository, ["build"]);
  await run(repository, ["build"]);
  repository.write({ "dist/mine.txt": "a person's\n", "dist/new/mine.txt": "too\n" });
  before(repository);
  const second = await run(repository, ["build"]);
  expect(second).toMatchObject({ exitCode: 0, ended: { "root:build": "ok hit" } });
  expect(second.all).toContain("SYM6008");
  expect(treeOf(dist(repository))).toEqual(WANTED);
  expect(displacedIn(repository)).toEqual({
    "dist/mine.txt": "100644 a person's\n",
    "dist/new/mine.txt": "100644 too\n",
  });
  const third = await run(repository, ["build"]);
  expect(third.ended).toEqual({ "root:build": "ok hit" });
  expect(third.all).not.toContain("SYM6008");
  expect(linesIn(repository, "ran")).toHaveLength(1);
});

test("an output that only an earlier run made is gone after the next one, and nothing is moved aside for it", async () => {
  using repository = building(
    `mkdir -p dist/of && for name in $(cat in.txt); do echo "$name" > "dist/of/$name"; done\n`,
  );
  repository.write({ "in.txt": "a b\n" });
  await run(repository, ["build"]);
  repository.write({ "in.txt": "b c\n" });
  const second = await run(repository, ["build"]);
  expect(second.ended).toEqual({ "root:build": "ok miss" });
  expect(treeOf(dist(repository))).toEqual({ "of/b": "100644 b\n", "of/c": "100644 c\n" });
  repository.write({ "in.txt": "a b\n" });
  const third = await run(repository, ["build"]);
  expect(third.ended).toEqual({ "root:build": "ok hit" });
  expect(treeOf(dist(repository))).toEqual({ "of/a": "100644 a\n", "of/b": "100644 b\n" });
  expect(displacedIn(repository)).toEqual({});
  expect(second.all + third.all).not.toContain("SYM6008");
});

test("outputs that were deleted come back without the task being run", async () => {
  using repository = building();
  await run(repository, ["build"]);
  for (const paths of [["out.txt"], ["link"], ["sub"], ["tool", "sub/deep.txt"], ["."]]) {
    for (const path of paths) rmSync(dist(repository, path), { recursive: true });
    expect([paths, (await run(repository, ["build"])).ended]).toEqual([paths, { "root:build": "ok hit" }]);
    expect([paths, treeOf(dist(repository))]).toEqual([paths, WANTED]);
  }
  expect(linesIn(repository, "ran")).toHaveLength(1);
  expect(displacedIn(repository)).toEqual({});
});

/** What somebody does to an output, and what of it must not be lost, by path. */
type Alteration = readonly [
  name: string,
  alter: (repository: TestRepository) => void,
  kept: Readonly<Record<string, string>>,
];

const ALTERATIONS: readonly Alteration[] = [
  [
    "other bytes",
    (repository) => repository.write({ "dist/out.txt": "edited\n" }),
    { "dist/out.txt": "100644 edited\n" },
  ],
  [
    "other bytes of the same size, with the time put back",
    (repository) => {
      const { atime, mtime } = lstatSync(dist(repository, "out.txt"));
      repository.write({ "dist/out.txt": "2\n" });
      utimesSync(dist(repository, "out.txt"), atime, mtime);
    },
    { "dist/out.txt": "100644 2\n" },
  ],
  ["emptied", (repository) => repository.write({ "dist/sub/deep.txt": "" }), { "dist/sub/deep.txt": "100644 " }],
  ["another mode", (repository) => chmodSync(dist(repository, "tool"), 0o644), {}],
  [
    "a link in the place of a file, to a file of somebody's",
    (repository) => {
      repository.remove("dist/out.txt");
      symlinkSync(join(repository.home, "precious"), dist(repository, "out.txt"));
    },
    {},
  ],
  [
    "a file in the place of a link",
    (repository) => {
      repository.remove("dist/link");
      repository.write({ "dist/link": "mine\n" });
    },
    { "dist/link": "100644 mine\n" },
  ],
  [
    "a folder with a file in the place of a file",
    (repository) => {
      repository.remove("dist/out.txt");
      repository.write({ "dist/out.txt/mine.txt": "mine\n" });
    },
    { "dist/out.txt/mine.txt": "100644 mine\n" },
  ],
  [
    "a file in the place of a folder",
    (repository) => {
      repository.remove("dist/sub");
      repository.write({ "dist/sub": "mine\n" });
    },
    { "dist/sub": "100644 mine\n" },
  ],
  [
    "a file in the place of all",
    (repository) => {
      repository.remove("dist");
      repository.write({ dist: "mine\n" });
    },
    { dist: "100644 mine\n" },
  ],
];

test.each(ALTERATIONS)(
  "an altered output is repaired by a hit, and nothing of anybody is lost: %s",
  async (...altered) => {
    const [, alter, kept] = altered;
    using repository = building();
    writeFileSync(join(repository.home, "precious"), "precious\n");
    await run(repository, ["build"]);
    alter(repository);
    expect((await run(repository, ["build"])).ended).toEqual({ "root:build": "ok hit" });
    expect(treeOf(dist(repository))).toEqual(WANTED);
    expect(displacedIn(repository)).toMatchObject(kept);
    expect(linesIn(repository, "precious")).toEqual(["precious"]);
    expect(linesIn(repository, "ran")).toHaveLength(1);
  },
);

test("an output that was edited is moved aside before the task runs again, too", async () => {
  using repository = building();
  await run(repository, ["build"]);
  repository.write({ "dist/out.txt": "edited\n", "in.txt": "2\n" });
  const second = await run(repository, ["build"]);
  expect(second.ended).toEqual({ "root:build": "ok miss" });
  expect(second.all).toContain("dist/out.txt is not what a record of this task made");
  expect(repository.read("dist/out.txt")).toBe("2\n");
  expect(displacedIn(repository)).toEqual({ "dist/out.txt": "100644 edited\n" });
});

test("what an attempt left that failed is not captured by the next one, and not moved aside", async () => {
  const make = `if test -e "$HOME/tried"; then mkdir -p dist && echo whole > dist/whole; else echo 1 > "$HOME/tried"; mkdir dist; echo part > dist/part; exit 1; fi\n`;
  for (const retries of [0, 1]) {
    using repository = building(make, { ...BUILD, retries });
    if (retries === 0) expect((await run(repository, ["build"])).ended).toEqual({ "root:build": "failed miss" });
    const good = await run(repository, ["build"]);
    expect(good.ended).toEqual({ "root:build": "ok miss" });
    expect(good.all).not.toContain("SYM6008");
    expect(treeOf(dist(repository))).toEqual({ whole: "100644 whole\n" });
    rmSync(dist(repository), { recursive: true });
    await run(repository, ["build"]);
    expect(treeOf(dist(repository))).toEqual({ whole: "100644 whole\n" });
    expect(displacedIn(repository)).toEqual({});
  }
});

test("scratch inside an output folder is kept between runs, and not captured", async () => {
  const make = `mkdir -p dist/cache && echo 1 >> dist/cache/state && cp in.txt dist/out.txt\n`;
  using repository = building(make, { ...BUILD, scratch: ["dist/cache"] });
  await run(repository, ["build"]);
  repository.write({ "in.txt": "2\n" });
  const second = await run(repository, ["build"]);
  expect(second.all).not.toContain("SYM6008");
  expect(treeOf(dist(repository))).toEqual({ "cache/state": "100644 1\n1\n", "out.txt": "100644 2\n" });
  repository.write({ "in.txt": "1\n" });
  const third = await run(repository, ["build"]);
  expect(third.ended).toEqual({ "root:build": "ok hit" });
  expect(treeOf(dist(repository))).toEqual({ "cache/state": "100644 1\n1\n", "out.txt": "100644 1\n" });
  repository.remove("dist");
  await run(repository, ["build"]);
  expect(treeOf(dist(repository))).toEqual({ "out.txt": "100644 1\n" });
});

test("a link in the place of an output folder is not written through: what lies behind it stays as it is", async () => {
  using repository = building();
  await run(repository, ["build"]);
  const behind = join(repository.home, "behind");
  for (const place of ["dist", "dist/sub"]) {
    rmSync(join(repository.root, place), { recursive: true });
    mkdirSync(behind, { recursive: true });
    writeFileSync(join(behind, "out.txt"), "precious\n");
    writeFileSync(join(behind, "deep.txt"), "precious\n");
    symlinkSync(behind, join(repository.root, place));
    const again = await run(repository, ["build"]);
    expect([place, again.exitCode]).toEqual([place, 0]);
    expect([place, treeOf(dist(repository))]).toEqual([place, WANTED]);
    expect([place, treeOf(behind)]).toEqual([
      place,
      { "deep.txt": "100644 precious\n", "out.txt": "100644 precious\n" },
    ]);
  }
});
