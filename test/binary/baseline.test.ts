import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { createRepository, type TestRepository } from "../support/repository.ts";

const CONFIG = (more = ""): string => `export default { disable: ["pytest"], ${more} };\n`;
const FILES = {
  "pyproject.toml": '[project]\nname = "app"\n[tool.ruff]\nlint.select = ["F"]\n',
  "a.py": "import os\nimport sys\n",
  "symbiotic.config.ts": CONFIG(),
};

const BASELINE = "symbiotic.baseline.json";

function baselineOf({ root }: TestRepository): { readonly findings: readonly { readonly rule: string }[] } {
  return JSON.parse(readFileSync(join(root, BASELINE), "utf8")) as ReturnType<typeof baselineOf>;
}

test("an old repository gates on new findings only", async () => {
  using repository = createRepository(FILES);
  const run = ["run", "ruff", "--continue"] as const;
  expect((await symbiotic(repository, run)).exitCode).toBe(1);

  const taken = await symbiotic(repository, ["baseline"]);
  expect(taken).toMatchObject({ exitCode: 0, stdout: `${BASELINE}: 2 findings, 2 new in it, 0 gone\n` });
  expect(taken.stderr).toContain("F401");

  const known = await symbiotic(repository, run);
  expect(known.exitCode).toBe(0);
  expect(known.stdout).toContain("2 findings, 2 in the baseline");
  expect(known.stdout).toContain("2 further findings are in the baseline");
  expect(known.stdout).not.toContain("a.py:1");

  // Told from the snapshot of that run, with the same words.
  const again = await symbiotic(repository, run);
  expect(again.exitCode).toBe(0);
  expect(again.stdout).toContain("2 further findings are in the baseline");

  // Lines that move are known still; a new one is not.
  writeFileSync(join(repository.root, "a.py"), "# a comment\n\nimport os\nimport sys\nimport json\n");
  const added = await symbiotic(repository, run);
  expect(added.exitCode).toBe(1);
  expect(added.stdout).toContain("a.py:5:8");
  expect(added.stdout).not.toContain("a.py:3");
});

test("what is mended leaves the baseline, and --check says so before", async () => {
  using repository = createRepository(FILES);
  await symbiotic(repository, ["baseline"]);
  expect((await symbiotic(repository, ["baseline", "--check"])).exitCode).toBe(0);
  writeFileSync(join(repository.root, "a.py"), "import os\n");
  const checked = await symbiotic(repository, ["baseline", "--check"]);
  expect(checked.exitCode).toBe(1);
  expect(checked.stdout).toBe(
    `1 finding in ${BASELINE} is gone:\n  a.py  ruff F401\n\`symbiotic baseline\` takes them out\n`,
  );
  expect(baselineOf(repository).findings).toHaveLength(2);
  expect((await symbiotic(repository, ["baseline", "--json"])).stdout).toContain('"gone": 1');
  expect(baselineOf(repository).findings).toHaveLength(1);
});

test("with a target its findings are added and nothing is taken out", async () => {
  using repository = createRepository({ ...FILES, "b.py": "x=1\n" });
  await symbiotic(repository, ["baseline", "ruff"]);
  expect(baselineOf(repository).findings.map(({ rule }) => rule)).toEqual(["F401", "F401"]);
  writeFileSync(join(repository.root, "a.py"), "import os\n");
  await symbiotic(repository, ["baseline", "ruff-format"]);
  expect(baselineOf(repository).findings.map(({ rule }) => rule)).toEqual(["F401", "F401", "format"]);
});

test("a baseline that is none is an error before anything runs, and is not written over", async () => {
  using repository = createRepository({ ...FILES, [BASELINE]: "<<<<<<< ours\n" });
  for (const argv of [["run", "ruff"], ["baseline"]]) {
    const refused = await symbiotic(repository, argv);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("SYM1461");
  }
  expect(readFileSync(join(repository.root, BASELINE), "utf8")).toBe("<<<<<<< ours\n");
});

test("a baseline that is edited, added or removed counts in the next run", async () => {
  using repository = createRepository(FILES);
  const run = async (): Promise<number | null> => (await symbiotic(repository, ["run", "ruff"])).exitCode;
  expect([await run(), await run()]).toEqual([1, 1]);
  await symbiotic(repository, ["baseline"]);
  expect([await run(), await run()]).toEqual([0, 0]);
  writeFileSync(join(repository.root, BASELINE), '{ "version": 1, "findings": [] }\n');
  expect(await run()).toBe(1);
});

test("severities are as the configuration says, and a rule that is off is no finding", async () => {
  const severity = 'severity: { "ruff/F401": "note", ruff: "off" }';
  using repository = createRepository({
    ...FILES,
    "b.py": "print(missing)\n",
    "symbiotic.config.ts": CONFIG(severity),
  });
  const { exitCode, stdout } = await symbiotic(repository, ["run", "ruff", "--json"]);
  expect(exitCode).toBe(0);
  const { findings } = JSON.parse(stdout) as {
    readonly findings: readonly { readonly rule: string; readonly level: string }[];
  };
  expect(findings.map(({ rule, level }) => `${rule} ${level}`)).toEqual(["F401 note", "F401 note"]);
});
