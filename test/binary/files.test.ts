import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic, type RunOptions } from "../support/binary.ts";
import { outcomes } from "../support/record.ts";
import { createRepository, type Files, type TestRepository } from "../support/repository.ts";

/** One atom a kind of file: which of them run says which files were meant. */
const ATOMS = {
  texts: { command: "true", inputs: ["**/*.txt"], targets: ["gates"] },
  words: { command: "true", inputs: ["words/*"], targets: ["gates"] },
  deep: { command: "true", inputs: ["sub/deep/**"], targets: ["gates"] },
};
const FILES: Files = {
  ".gitignore": "ignored/\n*.log\n",
  "a.txt": "a\n",
  "gone.txt": "x\n",
  "other.md": "x\n",
  "sub/deep/x.md": "x\n",
  "sub/y.txt": "y\n",
  "words/line\nbreak": "1\n",
  "words/with space": "2\n",
  "words/[ab]*": "3\n",
  "symbiotic.config.ts": `export default { atoms: ${JSON.stringify(ATOMS)} };\n`,
};

async function ran(repository: TestRepository, names: readonly string[], options?: RunOptions): Promise<string[]> {
  const { exitCode, stderr } = await symbiotic(repository, ["run", "gates", "--files", ...names], options);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return Object.keys(outcomes(repository)).map((id) => id.replace("root:", ""));
}

test.each<[what: string, names: readonly string[], meant: readonly string[]]>([
  ["a file", ["a.txt"], ["texts"]],
  ["two files", ["a.txt", "sub/deep/x.md"], ["deep", "texts"]],
  ["a folder, which stands for its files", ["sub"], ["deep", "texts"]],
  ["a folder with a slash at its end", ["sub/deep/"], ["deep"]],
  ["the whole repository", ["."], ["deep", "texts", "words"]],
  ["a file that was deleted and is still tracked", ["gone.txt"], ["texts"]],
  ["a new file", ["new.txt"], ["texts"]],
  ["a name with a space", ["words/with space"], ["words"]],
  ["a name with a line break", ["words/line\nbreak"], ["words"]],
  ["a name that looks like a pattern", ["words/[ab]*"], ["words"]],
  ["a way around", ["./sub/../a.txt"], ["texts"]],
])("--files runs the tasks that read them: %s", async (_what, names, meant) => {
  using repository = createRepository(FILES);
  repository.remove("gone.txt");
  repository.write({ "new.txt": "x\n" });
  expect(await ran(repository, names)).toEqual(meant);
  const absolute = names.map((name) => join(repository.root, name));
  expect(await ran(repository, absolute)).toEqual(meant);
});

test("names count from the current folder", async () => {
  using repository = createRepository(FILES);
  expect(await ran(repository, ["y.txt"], { cwd: join(repository.root, "sub") })).toEqual(["texts"]);
  expect(await ran(repository, ["x.md"], { cwd: join(repository.root, "sub/deep") })).toEqual(["deep"]);
});

test("files that are an input of no task are one sentence", async () => {
  using repository = createRepository(FILES);
  const { exitCode, stdout } = await symbiotic(repository, ["run", "gates", "--files", "other.md"]);
  expect([exitCode, stdout]).toMatchInlineSnapshot(`
    [
      0,
      "nothing to run: that file is no input of any task
    ",
    ]
  `);
});

test("every name that means no file is told, and nothing runs", async () => {
  using repository = createRepository(FILES);
  repository.write({ "ignored/x.txt": "x\n", "b.log": "x\n" });
  mkdirSync(join(repository.root, "empty"));
  writeFileSync(join(repository.home, "outside.txt"), "x\n");
  const outside = join(repository.home, "outside.txt");
  const names = ["a.txt", "nothing.txt", "ignored", "b.log", "empty", outside, "../other"];
  const { exitCode, stdout, stderr } = await symbiotic(repository, ["run", "gates", "--files", ...names]);
  expect([exitCode, stdout]).toEqual([2, ""]);
  const told = [...stderr.matchAll(/SYM2051 {2}--files: `(.*)` (.*)$/gm)].map(([, name, what]) => [name, what]);
  expect(told).toEqual([
    ["nothing.txt", "is no file of the repository"],
    ["ignored", "is no file of the repository"],
    ["b.log", "is no file of the repository"],
    ["empty", "is no file of the repository"],
    [outside, "lies outside the repository"],
    ["../other", "lies outside the repository"],
  ]);
});

test("a repository that is reached through a link is the same one", async () => {
  using repository = createRepository(FILES);
  const link = join(repository.home, "link");
  symlinkSync(repository.root, link);
  expect(await ran(repository, ["a.txt"], { cwd: link })).toEqual(["texts"]);
  expect(await ran(repository, [join(link, "a.txt")], { cwd: link })).toEqual(["texts"]);
});

test.each([["--affected"], ["--staged"]])("--files and %s exclude each other", async (flag) => {
  using repository = createRepository(FILES);
  const { exitCode, stderr } = await symbiotic(repository, ["run", "gates", flag, "--files", "a.txt"]);
  expect([exitCode, stderr.includes("SYM2050")]).toEqual([2, true]);
});

test("the dry run says which they are", async () => {
  using repository = createRepository(FILES);
  const { exitCode, stdout } = await symbiotic(repository, ["run", "gates", "--dry-run", "--files", "a.txt"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("root:texts");
  expect(stdout).not.toContain("root:words");
});
