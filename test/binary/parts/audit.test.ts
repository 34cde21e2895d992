import { expect, test } from "vitest";
import { symbiotic, type Ran } from "../../support/binary.ts";
import { createPartsRepository, ranParts } from "../../support/parts-repository.ts";
import { outcomes } from "../../support/record.ts";
import type { TestRepository } from "../../support/repository.ts";

const audit = (repository: TestRepository, ...more: readonly string[]): Promise<Ran> =>
  symbiotic(repository, ["tests", "audit", ...more]);

/** Says the same of its parts whatever it is asked for. */
const HEEDLESS = `require("node:fs").writeFileSync(process.argv[1] + "/selection.json", '{"version":1,"granularity":"recorded","files":{}}')`;

test("an audit runs a sample of what would be left out; where all is as it is kept, it says so", async () => {
  using repository = createPartsRepository();
  await symbiotic(repository, ["run", "suite"]);
  const { exitCode, stdout } = await audit(repository, "--sample", "2", "--seed", "one");
  expect(stdout).toBe("app:suite  ran 2 of 3 that would be left out: as it is kept\nseed one\n");
  expect(exitCode).toBe(0);
  const [, first, sample] = ranParts(repository);
  expect([first, sample?.split(" ").length]).toEqual(["", 2]);
  await audit(repository, "--sample", "2", "--seed", "one");
  expect(ranParts(repository).at(-1)).toBe(sample);
  await symbiotic(repository, ["run", "suite"]);
  expect(outcomes(repository)).toEqual({ "app:suite": "ok hit" });
});

test("what changed since runs first and is kept, and is in no sample", async () => {
  using repository = createPartsRepository();
  await symbiotic(repository, ["run", "suite"]);
  repository.write({ "t/b.txt": "new\n" });
  const { stdout } = await audit(repository, "--json");
  expect(JSON.parse(stdout)).toMatchObject({ tasks: [{ served: 2, sample: ["t/a.txt", "t/c.txt"], differences: [] }] });
  expect(ranParts(repository)).toEqual(["a b c", "b", "a c"]);
});

test("a test that comes to something else is an error; what was kept of it is dropped, so that the next run runs it", async () => {
  using repository = createPartsRepository({ files: { "t/b.txt": "uses hidden.txt\n", "hidden.txt": "well\n" } });
  await symbiotic(repository, ["run", "suite"]);
  repository.write({ "hidden.txt": "fail\n" });
  await symbiotic(repository, ["run", "suite"]);
  expect(outcomes(repository)).toEqual({ "app:suite": "ok hit" });

  const { exitCode, stdout, stderr } = await audit(repository, "app:suite");
  expect(exitCode).toBe(1);
  expect(stdout).toContain("ran 3 of 3 that would be left out: 1 difference");
  expect(stderr).toMatch(/SYM4066 .*app:suite would leave out what comes to something else than is kept of it/);
  expect(stderr).toContain("t/b.txt: kept passed, now failed");

  await symbiotic(repository, ["run", "suite"]);
  expect(outcomes(repository)).toEqual({ "app:suite": "failed miss" });
  expect(ranParts(repository)).toEqual(["a b c", "", "a b c", "b"]);
});

test("where nothing was kept nothing would be left out; where no task has parts there is nothing to audit", async () => {
  using repository = createPartsRepository({ more: "cache: false," });
  expect(await audit(repository)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("nothing would be left out") as string,
  });
  using plain = createPartsRepository({ more: "parts: undefined," });
  const { exitCode, stderr } = await audit(plain);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("SYM4067");
});

test("a task that breaks, or that says nothing of its parts, is not audited, and that is no success", async () => {
  using breaks = createPartsRepository({
    more: 'command: () => ({ argv: ["node", "-e", "process.exit(3)"], cwd: "." }),',
  });
  expect(await audit(breaks)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining("not audited: it broke") as string,
  });
  using silent = createPartsRepository({
    more: 'command: () => ({ argv: ["node", "-e", ""], cwd: "." }), parse: () => ok(found()),',
  });
  const said = expect.stringContaining("not audited: its process does not say what it left out") as string;
  expect(await audit(silent)).toMatchObject({ exitCode: 1, stdout: said });
});

test("with --together all run in one process; one that ends otherwise there is named, and what is kept of the whole is dropped", async () => {
  using repository = createPartsRepository({ files: { "t/a.txt": "leaves\n", "t/c.txt": "alone\n" } });
  expect((await symbiotic(repository, ["run", "suite"])).exitCode).toBe(0);
  const { exitCode, stdout, stderr } = await audit(repository, "--together");
  expect(stdout).toBe("app:suite  ran 3 tests together: 1 test otherwise than by themselves\n");
  expect(stderr).toMatch(/SYM4068 .*app:suite has tests that depend on their order/);
  expect(stderr).toContain("t/c.txt: by itself passed, among the others failed");
  expect(exitCode).toBe(1);
  expect(ranParts(repository)).toEqual(["a b c", "", "a b c"]);
  await symbiotic(repository, ["run", "suite"]);
  expect(outcomes(repository)).toEqual({ "app:suite": "ok miss" });
});

test("with --together, where all end as by themselves, nothing is dropped", async () => {
  using repository = createPartsRepository();
  await symbiotic(repository, ["run", "suite"]);
  expect(await audit(repository, "--together")).toMatchObject({
    ...{ exitCode: 0, stdout: "app:suite  ran 3 tests together: as by themselves\n", stderr: "" },
  });
  const { stdout } = await audit(repository, "--together", "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    seed: null,
    tasks: [{ together: { tests: 3, already: null }, differences: [] }],
  });
  await symbiotic(repository, ["run", "suite"]);
  expect(outcomes(repository)).toEqual({ "app:suite": "ok hit" });
});

test("a process that heeds nothing of it is not audited together, and that is no success", async () => {
  using repository = createPartsRepository({
    more: `command: ({ out }) => ({ argv: ["node", "-e", ${JSON.stringify(HEEDLESS)}, out], cwd: "." }), parse: () => ok(found()),`,
  });
  const said = expect.stringContaining("not audited: its process does not run all of it together") as string;
  expect(await audit(repository, "--together")).toMatchObject({ exitCode: 1, stdout: said });
});

test("an option of the other action is refused", async () => {
  using repository = createPartsRepository();
  expect((await audit(repository, "--task", "app:suite")).stderr).toContain("`symbiotic tests audit` has no --task");
  expect((await symbiotic(repository, ["tests", "why", "--seed", "1"])).stderr).toContain("SYM2004");
  expect((await symbiotic(repository, ["tests", "why", "--together"])).stderr).toContain(
    "`symbiotic tests why` has no --together",
  );
  expect((await audit(repository, "--together", "--sample", "3")).stderr).toContain(
    "`symbiotic tests audit --together` has no --sample",
  );
  expect((await symbiotic(repository, ["tests", "count"])).stderr).toContain("`symbiotic tests` has no `count`");
});
