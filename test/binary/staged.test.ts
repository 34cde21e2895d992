import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { startSymbiotic, symbiotic, type RunOptions } from "../support/binary.ts";
import { createControl } from "../support/control.ts";
import { PYTHON_BIN } from "../support/places.ts";
import { killed } from "../support/processes.ts";
import { MENDED, SHOP } from "../support/python-files.ts";
import { outcomes, summaryOf } from "../support/record.ts";
import { createRepository, type Files, type TestRepository } from "../support/repository.ts";
import { filesOf, indexOf, LOOK, seenIn, stateOf } from "../support/staged-trees.ts";

const CONTROLLED = readFileSync(new URL("../support/controlled.mjs", import.meta.url), "utf8");

const FILES: Files = {
  ".gitignore": "ignored/\n*.local\n",
  "a.txt": "a\n",
  "b.txt": "b\n",
  "sub/c.txt": "c\n",
  "symbiotic.config.ts": `export default { atoms: { look: { command: ${JSON.stringify(LOOK)}, targets: ["gates"] } }, disable: ["python", "node", "ruff", "pytest"] };\n`,
};

/** Runs what is staged; nothing of the user's may be different afterwards. */
async function staged(repository: TestRepository, options: RunOptions = {}): ReturnType<typeof symbiotic> {
  const before = stateOf(repository);
  const ran = await symbiotic(repository, ["run", "gates", "--staged"], options);
  expect(stateOf(repository)).toEqual(before);
  return ran;
}

type Arrange = (repository: TestRepository) => void;

test.each<[what: string, exitCode: number, arrange: Arrange]>([
  [
    "a bad file that is staged fails although the work tree is good",
    1,
    (repository) => {
      repository.write({ "a.txt": "BAD\n" });
      repository.git("add", "a.txt");
      repository.write({ "a.txt": "good\n" });
    },
  ],
  [
    "a good file that is staged passes although the work tree is bad",
    0,
    (repository) => {
      repository.write({ "a.txt": "good\n" });
      repository.git("add", "a.txt");
      repository.write({ "a.txt": "BAD\n", "b.txt": "BAD\n", "untracked.txt": "BAD\n" });
    },
  ],
  [
    "of a file that is staged in part, the staged part is seen",
    0,
    (repository) => {
      repository.write({ "a.txt": "a\nstaged\n" });
      repository.git("add", "a.txt");
      repository.write({ "a.txt": "a\nstaged\nBAD\n" });
    },
  ],
  [
    "a file whose removal is staged is not seen, although it is in the work tree",
    0,
    (repository) => {
      repository.git("rm", "--quiet", "--cached", "a.txt");
      repository.write({ "a.txt": "BAD\n" });
    },
  ],
  [
    "a removal that is not staged is not seen",
    0,
    (repository) => {
      repository.write({ "b.txt": "more\n" });
      repository.git("add", "b.txt");
      repository.remove("a.txt");
    },
  ],
  ["a rename is seen as the new name alone", 0, (repository) => repository.git("mv", "a.txt", "sub/renamed.txt")],
  [
    "a new file is seen",
    1,
    (repository) => {
      repository.write({ "deep/er/new.txt": "BAD\n" });
      repository.git("add", "deep");
    },
  ],
  [
    "a mode that is staged is seen, and one that is not is not",
    0,
    (repository) => {
      repository.git("update-index", "--chmod=+x", "a.txt");
      chmodSync(join(repository.root, "b.txt"), 0o755);
    },
  ],
  [
    "a file that became a symbolic link is one",
    0,
    (repository) => {
      repository.remove("a.txt");
      symlinkSync("b.txt", join(repository.root, "a.txt"));
      repository.git("add", "a.txt");
    },
  ],
  [
    "a file that became a folder is one",
    0,
    (repository) => {
      repository.remove("a.txt");
      repository.write({ "a.txt/inside.txt": "x\n" });
      repository.git("add", "--all");
    },
  ],
  [
    "names with spaces, quotes, line breaks and bytes that are not UTF-8",
    0,
    (repository) => {
      repository.write({ "with space.txt": "1\n", "quo\"te's.txt": "2\n", "line\nbreak.txt": "3\n", "-n.txt": "4\n" });
      writeFileSync(Buffer.from(`${repository.root}/not-utf8-\xff.txt`, "latin1"), "5\n");
      repository.git("add", "--all");
    },
  ],
  [
    "a file that is only announced (add -N) is not seen, since it would not be committed",
    0,
    (repository) => {
      repository.write({ "a.txt": "good\n", "later.txt": "BAD\n" });
      repository.git("add", "a.txt");
      repository.git("add", "--intent-to-add", "later.txt");
    },
  ],
  [
    "an index in two parts",
    0,
    (repository) => {
      repository.git("update-index", "--split-index");
      repository.write({ "a.txt": "good\n" });
      repository.git("add", "a.txt");
      repository.write({ "a.txt": "BAD\n" });
    },
  ],
  [
    "files that skip-worktree and assume-unchanged hide are seen as they are staged",
    0,
    (repository) => {
      repository.write({ "sub/c.txt": "good\n" });
      repository.git("add", "sub");
      repository.git("update-index", "--skip-worktree", "a.txt");
      repository.git("update-index", "--assume-unchanged", "b.txt");
      repository.write({ "a.txt": "BAD\n", "b.txt": "BAD\n" });
    },
  ],
])("%s", async (_what, exitCode, arrange) => {
  using repository = createRepository(FILES);
  arrange(repository);
  const ran = await staged(repository);
  expect([ran.exitCode, ran.stderr]).toEqual([exitCode, ""]);
  const expected = indexOf(repository);
  // What is only announced is in the index as nothing.
  delete (expected as Record<string, string>)["later.txt"];
  expect(seenIn(repository)).toEqual(expected);
});

test("a repository without a commit is judged by what is staged", async () => {
  using repository = createRepository(FILES);
  repository.git("update-ref", "-d", "HEAD");
  repository.write({ "b.txt": "BAD\n" });
  expect((await staged(repository)).exitCode).toBe(0);
  repository.git("add", "b.txt");
  expect((await staged(repository)).exitCode).toBe(1);
});

test("line ends and filters are those of a check-out", async () => {
  using repository = createRepository({ ...FILES, ".gitattributes": "*.txt text eol=crlf\n" });
  repository.write({ "a.txt": "one\r\ntwo\r\n" });
  repository.git("add", "a.txt");
  expect((await staged(repository)).exitCode).toBe(0);
  expect(seenIn(repository)["a.txt"]).toBe("100644 one\r\ntwo\r\n");
});

test("nothing staged is one sentence and no run", async () => {
  using repository = createRepository(FILES);
  repository.write({ "a.txt": "BAD\n" });
  const ran = await staged(repository);
  expect([ran.exitCode, ran.stdout, ran.stderr]).toEqual([0, "nothing is staged\n", ""]);
  expect(existsSync(join(repository.root, ".symbiotic"))).toBe(false);
});

test("what only the work tree knows of the configuration does not count", async () => {
  using repository = createRepository(FILES);
  repository.write({ "a.txt": "good\n" });
  repository.git("add", "a.txt");
  repository.write({ "symbiotic.config.ts": "this is no TypeScript\n" });
  const ran = await staged(repository);
  expect([ran.exitCode, ran.stderr]).toEqual([0, ""]);
});

test("places are named as in the work tree, and the run lies there", async () => {
  using repository = createRepository({
    ...FILES,
    "symbiotic.config.ts":
      'export default { atoms: { tell: { command: "echo $PWD/a.txt:1 wrong; exit 1", targets: ["gates"] } } };\n',
  });
  repository.write({ "a.txt": "new\n" });
  repository.git("add", "a.txt");
  const { stdout } = await staged(repository, { cwd: join(repository.root, "sub") });
  expect(stdout).toContain(`${repository.root}/a.txt:1 wrong`);
  expect(stdout).not.toContain(".cache");
  expect(repository.runs()).toHaveLength(1);
  expect(summaryOf(repository).exitCode).toBe(1);
});

test("what was judged once is known: the same staged files again, and the commit of them, run nothing", async () => {
  using repository = createRepository(FILES);
  repository.write({ "a.txt": "good\n" });
  repository.git("add", "a.txt");
  await staged(repository);
  expect(outcomes(repository)).toEqual({ "root:look": "ok miss" });
  await staged(repository);
  expect(outcomes(repository)).toEqual({ "root:look": "ok hit" });
  repository.git("commit", "--quiet", "--message", "next");
  await symbiotic(repository, ["run", "gates"]);
  expect(outcomes(repository)).toEqual({ "root:look": "ok hit" });
});

test("ignored files are there as copies, and those that are gone are gone", async () => {
  using repository = createRepository({
    ...FILES,
    "symbiotic.config.ts":
      'export default { atoms: { spoil: { command: "cat sub/x.local; echo spoilt > sub/x.local", targets: ["gates"], cache: false } } };\n',
  });
  repository.write({ "sub/x.local": "mine\n", "ignored/large/data.txt": "1\n", "a.txt": "good\n" });
  repository.git("add", "a.txt");
  expect((await staged(repository)).exitCode).toBe(0);
  expect((await staged(repository)).exitCode).toBe(0);
  repository.remove("sub/x.local");
  expect((await staged(repository)).exitCode).toBe(0);
  expect(summaryOf(repository).tasks.map(({ status }) => status)).toEqual(["ok"]);
  const [log = ""] = summaryOf(repository).tasks.flatMap(({ log: file }) => file ?? []);
  expect(readFileSync(join(repository.root, log), "utf8")).toContain("No such file");
});

test("conflicts are one clear error that names the files", async () => {
  using repository = createRepository(FILES);
  repository.git("switch", "--quiet", "--create", "theirs");
  repository.write({ "a.txt": "theirs\n" });
  repository.commit();
  repository.git("switch", "--quiet", "main");
  repository.write({ "a.txt": "ours\n" });
  repository.commit();
  expect(() => repository.git("merge", "theirs")).toThrow();
  const ran = await staged(repository);
  expect(ran.exitCode).toBe(2);
  expect(ran.stderr).toContain("SYM7020");
  expect(ran.stderr).toContain("a.txt");
});

test("an index that git hands to a hook is what counts", async () => {
  using repository = createRepository(FILES);
  const other = join(repository.root, ".git/next-index-1.lock");
  execFileSync("cp", [join(repository.root, ".git/index"), other]);
  repository.write({ "a.txt": "BAD\n" });
  execFileSync("git", ["add", "a.txt"], { cwd: repository.root, env: { ...repository.env, GIT_INDEX_FILE: other } });
  expect((await staged(repository)).stdout).toBe("nothing is staged\n");
  for (const [name, cwd] of [
    [other, repository.root],
    [".git/next-index-1.lock", repository.root],
    [other, join(repository.root, "sub")],
  ] as const)
    expect((await staged(repository, { cwd, env: { GIT_INDEX_FILE: name } })).exitCode).toBe(1);
});

test.each<[string, (mine: TestRepository, theirs: TestRepository) => RunOptions["env"]]>([
  ["its index", (_mine, theirs) => ({ GIT_INDEX_FILE: join(theirs.root, ".git/index") })],
  ["a relative index that is not here", () => ({ GIT_INDEX_FILE: ".git/index.lock" })],
  [
    "its git directory, index and work tree",
    (_mine, theirs) => ({
      GIT_DIR: join(theirs.root, ".git"),
      GIT_INDEX_FILE: join(theirs.root, ".git/index"),
      GIT_WORK_TREE: theirs.root,
      GIT_PREFIX: "sub/",
      GIT_OBJECT_DIRECTORY: join(theirs.root, ".git/objects"),
    }),
  ],
])("variables of another repository's hook do not lead there: %s", async (_what, variables) => {
  using mine = createRepository(FILES);
  using theirs = createRepository({ "z.txt": "BAD\n" });
  mine.write({ "a.txt": "good\n" });
  mine.git("add", "a.txt");
  const before = stateOf(theirs);
  const { exitCode, stdout } = await staged(mine, { env: variables(mine, theirs) ?? {} });
  expect([exitCode, stdout.includes("1 file changed")]).toEqual([0, true]);
  expect(seenIn(mine)).toEqual(indexOf(mine));
  expect(stateOf(theirs)).toEqual(before);
});

test("a linked work tree has an index of its own", async () => {
  using repository = createRepository(FILES);
  const linked = join(dirname(repository.root), "linked");
  repository.git("worktree", "add", "--quiet", "-b", "side", linked);
  writeFileSync(join(linked, "a.txt"), "BAD\n");
  execFileSync("git", ["add", "a.txt"], { cwd: linked, env: repository.env });
  expect((await staged(repository)).stdout).toBe("nothing is staged\n");
  expect((await staged(repository, { cwd: linked })).exitCode).toBe(1);
});

test("a run that is killed while a task runs leaves the work tree alone, and the next one is right", async () => {
  using repository = createRepository({
    ...FILES,
    "controlled.mjs": CONTROLLED,
    "symbiotic.config.ts":
      'export default { atoms: { wait: { command: ["node", "controlled.mjs", "wait"], targets: ["gates"] } } };\n',
  });
  await using control = await createControl(repository);
  repository.write({ "a.txt": "staged\n" });
  repository.git("add", "a.txt");
  repository.write({ "a.txt": "not staged\n", "b.txt": "not staged\n" });
  const before = stateOf(repository);
  const first = startSymbiotic(repository, ["run", "gates", "--staged"]);
  const task = await control.next("wait");
  first.kill("SIGKILL");
  await first.ended;
  await killed(task);
  expect(stateOf(repository)).toEqual(before);
  const second = startSymbiotic(repository, ["run", "gates", "--staged"]);
  await (await control.next("wait")).exit(0);
  expect((await second.ended).exitCode).toBe(0);
  expect(stateOf(repository)).toEqual(before);
});

test("a run that is killed while it checks out leaves the work tree alone, and the next one is right", async () => {
  using repository = createRepository({ ...FILES, "controlled.mjs": CONTROLLED });
  await using control = await createControl(repository);
  repository.write({ ".gitattributes": "a.txt filter=slow\n", "a.txt": "staged\n" });
  repository.git("add", "--all");
  repository.git("config", "filter.slow.smudge", `node '${join(repository.root, "controlled.mjs")}' smudge`);
  repository.write({ "a.txt": "not staged\n" });
  const before = stateOf(repository);
  const run = startSymbiotic(repository, ["run", "gates", "--staged"]);
  const smudge = await control.next("smudge");
  run.kill("SIGKILL");
  await run.ended;
  await killed(smudge);
  expect(stateOf(repository)).toEqual(before);
  repository.git("config", "--unset", "filter.slow.smudge");
  const { exitCode } = await staged(repository);
  expect([exitCode, seenIn(repository)["a.txt"]]).toEqual([0, "100644 staged\n"]);
});

test("two at once take turns, and the second says for whom it waits", async () => {
  using repository = createRepository({
    ...FILES,
    "controlled.mjs": CONTROLLED,
    "symbiotic.config.ts":
      'export default { atoms: { wait: { command: ["node", "controlled.mjs", "wait"], targets: ["gates"] } } };\n',
  });
  await using control = await createControl(repository);
  repository.write({ "a.txt": "staged\n" });
  repository.git("add", "a.txt");
  const first = startSymbiotic(repository, ["run", "gates", "--staged"]);
  const task = await control.next("wait");
  const second = startSymbiotic(repository, ["run", "gates", "--staged"]);
  await second.said(`waiting for process ${String(first.pid)}`);
  await task.exit(0);
  expect((await first.ended).exitCode).toBe(0);
  expect((await second.ended).exitCode).toBe(0);
  expect(control.started).toEqual(["wait"]);
});

test("the checkout of a work tree that is gone goes with the next run", async () => {
  using repository = createRepository(FILES);
  const checkouts = join(repository.home, ".cache/symbiotic/staged");
  repository.write({ "a.txt": "good\n" });
  repository.git("add", "a.txt");
  await staged(repository);
  const [first = ""] = Object.keys(filesOf(checkouts)).map((path) => path.split("/")[0]);
  using copy = repository.copy();
  renameSync(repository.root, `${repository.root}-away`);
  await staged(copy);
  expect(existsSync(join(checkouts, first))).toBe(false);
  renameSync(`${repository.root}-away`, repository.root);
});

test("a folder for caches that cannot be made is an error with a way out", async () => {
  using repository = createRepository(FILES);
  repository.write({ "a.txt": "good\n" });
  repository.git("add", "a.txt");
  writeFileSync(join(repository.home, "file"), "");
  const { exitCode, stderr } = await staged(repository, { env: { XDG_CACHE_HOME: join(repository.home, "file") } });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("SYM7021");
});

test("tools find their settings in what is staged, and packages of the repository are its own", async () => {
  using repository = createRepository({
    ...FILES,
    ".gitignore": "node_modules/\n",
    "package.json": '{ "name": "top", "private": true }\n',
    "packages/lib/index.mjs": "export const word = 'old';\n",
    "packages/lib/package.json": '{ "name": "lib", "version": "1.0.0", "main": "index.mjs" }\n',
    "say.mjs": "import { word } from 'lib';\nimport { other } from 'installed';\nconsole.log(word + other);\n",
    "symbiotic.config.ts":
      'export default { atoms: { say: { command: "node say.mjs", targets: ["gates"], only: ["."] } } };\n',
  });
  repository.write({
    "node_modules/installed/index.mjs": "export const other = '-installed';\n",
    "node_modules/installed/package.json": '{ "name": "installed", "version": "1.0.0", "main": "index.mjs" }\n',
  });
  symlinkSync("../packages/lib", join(repository.root, "node_modules/lib"));
  repository.write({ "packages/lib/index.mjs": "export const word = 'staged';\n" });
  repository.git("add", "packages");
  repository.write({ "packages/lib/index.mjs": "export const word = 'unstaged';\n" });
  const { stdout, stderr } = await staged(repository);
  expect([stdout.includes("1 task: 1 run"), stderr]).toEqual([true, ""]);
  const [log = ""] = summaryOf(repository).tasks.flatMap(({ log: file }) => file ?? []);
  expect(readFileSync(join(repository.root, log), "utf8")).toBe("staged-installed\n");
});

test("an environment with an editable installation imports what is staged, and stays as it is", async () => {
  using repository = createRepository(SHOP);
  repository.write({ ...MENDED, ".gitignore": `${SHOP[".gitignore"] ?? ""}.venv/\n` });
  // Only the environment says where the sources are.
  repository.write({ "pyproject.toml": '[project]\nname = "shop"\nversion = "1.0"\n\n[tool.pytest.ini_options]\n' });
  repository.commit();
  const venv = join(repository.root, ".venv");
  execFileSync(join(PYTHON_BIN, "python"), ["-m", "venv", "--without-pip", venv], { env: repository.env });
  const [version = ""] = readdirSync(join(venv, "lib"));
  const packages = join(venv, "lib", version, "site-packages");
  writeFileSync(join(packages, "tests.pth"), `${join(PYTHON_BIN, "../lib", version, "site-packages")}\n`);
  writeFileSync(join(packages, "shop.pth"), `${join(repository.root, "src")}\n`);
  repository.write({ "src/shop/__init__.py": "def price(count: int) -> int:\n    return count * 3\n" });
  repository.git("add", "src");
  repository.write({ "src/shop/__init__.py": MENDED["src/shop/__init__.py"] ?? "" });
  const failed = await staged(repository);
  expect([failed.exitCode, failed.stderr]).toEqual([1, ""]);
  expect(failed.stdout).toContain("tests/test_price.py::test_two");
  repository.git("add", "src");
  repository.write({ "src/shop/__init__.py": "1 / 0\n", "README.md": "# More\n" });
  repository.git("add", "README.md");
  repository.write({ "tests/test_more.py": "def test_three():\n    assert True\n" });
  repository.git("add", "tests");
  const passed = await staged(repository);
  expect([passed.exitCode, passed.stderr]).toEqual([0, ""]);
});

test("a submodule is checked out at the commit that is staged", async () => {
  using inner = createRepository({ "inner.txt": "one\n" });
  using repository = createRepository(FILES);
  repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root, "module");
  repository.commit();
  const module = join(repository.root, "module");
  const git = (...args: string[]): void => void execFileSync("git", args, { cwd: module, env: repository.env });
  writeFileSync(join(module, "inner.txt"), "BAD\n");
  git("commit", "--quiet", "-am", "bad");
  repository.git("add", "module");
  git("checkout", "--quiet", "HEAD~");
  const ran = await symbiotic(repository, ["run", "gates", "--staged"]);
  expect([ran.exitCode, seenIn(repository)["module/inner.txt"]]).toEqual([1, "100644 BAD\n"]);
});

test("what cannot be said together with --staged is refused", async () => {
  using repository = createRepository(FILES);
  const { exitCode, stderr } = await symbiotic(repository, ["run", "gates", "--staged", "--affected"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("SYM2050");
});
