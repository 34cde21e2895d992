import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic, type Ran } from "../../support/binary.ts";
import { createPartsRepository } from "../../support/parts-repository.ts";
import type { TestRepository } from "../../support/repository.ts";

const SELECTION = ".symbiotic/out/app~3asuite/selection.json";

async function ranTwice(): Promise<TestRepository> {
  const repository = createPartsRepository();
  await symbiotic(repository, ["run", "suite"]);
  repository.write({ "t/b.txt": "other\n" });
  await symbiotic(repository, ["run", "suite"]);
  return repository;
}

const why = (repository: TestRepository, ...more: readonly string[]): Promise<Ran> =>
  symbiotic(repository, ["tests", "why", ...more]);

test("`tests why` has all test files of the last run, those that ran first, with what changed", async () => {
  using repository = await ranTwice();
  const { exitCode, stdout } = await why(repository);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`app:suite · recorded · 2 served, 1 ran, 0 never left out · just now
  t/b.txt  ran     its text changed; was b, is other
  t/a.txt  served  nothing changed
  t/c.txt  served  nothing changed
`);
  const share = { served: 2, ran: 1, never: 0 };
  expect(JSON.parse((await why(repository, "--json")).stdout)).toMatchObject([
    { task: "app:suite", granularity: "recorded", whole: null, share, files: { "t/b.txt": { decision: "ran" } } },
  ]);
});

test("of one file it tells the decision, the reason and each thing that speaks for it", async () => {
  using repository = await ranTwice();
  expect((await why(repository, "t/b.txt::a_test")).stdout).toBe(`t/b.txt ran (app:suite, recorded, just now)
  its text changed
  - was b, is other
`);
  expect((await why(repository, "t/a.txt")).stdout).toContain("was left out: a record stands for it");
  expect(JSON.parse((await why(repository, "t/b.txt", "--json")).stdout)).toEqual({
    ...{ task: "app:suite", granularity: "recorded", whole: null, file: "t/b.txt", decision: "ran" },
    ...{ reason: "its text changed", evidence: ["was b, is other"] },
  });
});

test("a file may be named from the folder in which it is asked for", async () => {
  using repository = await ranTwice();
  for (const file of ["b.txt", "t/b.txt", join(repository.root, "t/b.txt")]) {
    const { stdout } = await symbiotic(repository, ["tests", "why", file], { cwd: join(repository.root, "t") });
    expect(stdout).toContain("t/b.txt ran");
  }
});

test("before the first run, for a file that is no test and for a task that is none, it says what there is", async () => {
  using repository = createPartsRepository();
  const before = await why(repository);
  expect(before.exitCode).toBe(2);
  expect(before.stderr).toMatch(/SYM4062 .*no task that can leave out tests has run here yet/);
  await symbiotic(repository, ["run", "suite"]);
  const { stderr } = await why(repository, "t/bb.txt");
  expect(stderr).toMatch(/SYM4063 .*t\/bb\.txt is no test file of the last run of app:suite/);
  expect(stderr).toContain("did you mean `t/b.txt`?");
  expect((await why(repository, "--task", "web:suite")).stderr).toContain("there is word of app:suite");
});

test("where several tasks have the file, one has to be named", async () => {
  using repository = await ranTwice();
  mkdirSync(join(repository.root, ".symbiotic/out/web~3asuite"));
  repository.write({ ".symbiotic/out/web~3asuite/selection.json": repository.read(SELECTION) });
  const { stderr } = await why(repository, "t/b.txt");
  expect(stderr).toMatch(/SYM4064 .*t\/b\.txt is a test file of app:suite, web:suite/);
  expect((await why(repository, "t/b.txt", "--task", "web:suite")).stdout).toContain("(web:suite, recorded");
});

test.each(["{", '{ "version": 2 }', '{ "version": 1, "granularity": "x", "files": { "a": { "decision": "maybe" } } }'])(
  "what cannot be read (%s) is said, with its place",
  async (text) => {
    using repository = await ranTwice();
    repository.write({ [SELECTION]: text });
    expect((await why(repository)).stderr).toMatch(/SYM4065 .*app~3asuite\/selection\.json cannot be read/);
  },
);

test("what a process wrote cannot draw on the terminal", async () => {
  using repository = await ranTwice();
  const decided = { decision: "ran", reason: "red \u001b[31m", evidence: ["two\nlines"] };
  repository.write({
    [SELECTION]: JSON.stringify({
      version: 1,
      granularity: "recorded",
      whole: "order is by chance",
      files: { a: decided },
    }),
  });
  const { stdout } = await why(repository);
  expect(stdout).not.toContain("\u001b");
  expect(stdout).toContain("nothing of this task could be left out: order is by chance");
  expect(stdout.trimEnd().split("\n")).toHaveLength(3);
  const { stderr } = await why(repository, "t/b.txt");
  expect(stderr).toMatch(/SYM4063 .*of t\/b\.txt the last run of app:suite says nothing by itself/);
  expect(stderr).toContain("all test files ran, as nothing could be left out: order is by chance");
});
