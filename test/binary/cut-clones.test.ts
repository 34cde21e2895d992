import { execSync } from "node:child_process";
import { renameSync } from "node:fs";
import { expect, test } from "vitest";
import { symbiotic, type Ran } from "../support/binary.ts";
import { summaryOf } from "../support/record.ts";
import { createRepository, type TestRepository } from "../support/repository.ts";

// Clones that lack what a change is compared with, as CI makes them.

const CI = { CI: "true", GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "main", GITHUB_REF: "refs/pull/1/merge" };

/** A branch `topic` whose change has the configuration lowered, and whose base has files that it has not. */
function origin(): TestRepository {
  const repository = createRepository({
    "pyproject.toml": '[project]\nname = "shop"\n[tool.ruff]\nlint.select = ["F"]\n',
    "symbiotic.config.json": '{ "gates": { "lint_clean": { "threshold": 0 } } }\n',
    "lib/old.py": "old = 1\n",
  });
  repository.git("config", "uploadpack.allowFilter", "true");
  repository.git("checkout", "--quiet", "-b", "topic");
  repository.write({ "symbiotic.config.json": '{ "gates": { "lint_clean": { "threshold": 9 } } }\n' });
  repository.write({ "lib/old.py": "import os\n" });
  repository.commit("a change");
  return repository;
}

function judge(clone: TestRepository): Promise<Ran> {
  return symbiotic(clone, ["run", "gates", "--affected"], { env: CI });
}

function lint(clone: TestRepository): object | undefined {
  return summaryOf(clone).gates.find(({ gate }) => gate === "lint clean");
}

test.each(["blob:none", "tree:0"])(
  "in a partial clone (%s) what the base lacks is fetched, and it judges",
  async (filter) => {
    using source = origin();
    using clone = source.clone(`--filter=${filter}`, "--branch", "topic");
    const before = clone.git("count-objects", "-v");
    await judge(clone);
    expect(lint(clone)).toMatchObject({ verdict: "fail", measured: "1" });
    expect(clone.git("count-objects", "-v")).not.toBe(before);
    expect(clone.git("rev-list", "--objects", "--no-walk", "--missing=print", "origin/main")).not.toContain("?");
  },
);

test("where the remote is out of reach nothing passes, and the command that is named cures it", async () => {
  using source = origin();
  using clone = source.clone("--filter=blob:none", "--branch", "topic");
  renameSync(source.root, `${source.root}-away`);
  const { exitCode, stdout, stderr } = await judge(clone);
  expect(exitCode).toBe(1);
  expect(summaryOf(clone).gates.map(({ verdict }) => verdict)).not.toContain("pass");
  expect(stdout).toContain("the base cannot judge: SYM7024");
  renameSync(`${source.root}-away`, source.root);
  const [command = ""] = /git fetch --refetch[^`]+/.exec(stdout + stderr) ?? [];
  execSync(command, { cwd: clone.root, env: clone.env, stdio: "ignore" });
  await judge(clone);
  expect(lint(clone)).toMatchObject({ verdict: "fail" });
});

test("a shallow clone without the merge-base says what to fetch, and that cures it", async () => {
  using source = origin();
  using clone = source.clone("--depth", "1", "--branch", "topic", "--no-single-branch");
  const { exitCode, stderr } = await judge(clone);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("SYM7010");
  const [command = ""] = /git fetch --(?:deepen|unshallow)[^`]+/.exec(stderr) ?? [];
  execSync(command, { cwd: clone.root, env: clone.env, stdio: "ignore" });
  await judge(clone);
  expect(lint(clone)).toMatchObject({ verdict: "fail" });
});
