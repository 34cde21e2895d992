import { dirname } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { summaryOf } from "../support/record.ts";
import { createRepository, linkPackages, type Files, type TestRepository } from "../support/repository.ts";
import { nativeProgram } from "../support/validators.ts";

const config = (more = ""): string => `import { hyperfine } from "@symbiotic-build/plugin-hyperfine";
export default { disable: ["pytest"], plugins: [hyperfine({ rounds: 6, benchmarks: [{ name: "start", command: "sh start.sh" }] })]${more} };
`;

const FILES = {
  ".gitignore": "node_modules/\n",
  "pyproject.toml": '[project]\nname = "app"\n',
  "start.sh": ". ./takes.sh\n",
  "takes.sh": "sleep 0.03\n",
  "symbiotic.config.mjs": config(),
};

function onTopic(files: Files): TestRepository {
  const repository = createRepository(files);
  linkPackages(repository.root);
  repository.git("checkout", "--quiet", "-b", "topic");
  return repository;
}

async function measured(repository: TestRepository, env: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const path = `${dirname(nativeProgram("hyperfine"))}:${repository.env["PATH"] ?? ""}`;
  const { exitCode, stderr } = await symbiotic(repository, ["run", "performance", "--affected"], {
    env: { ...env, PATH: path },
  });
  const gate = summaryOf(repository).gates.find(({ id }) => id === "no_performance_regression");
  return { exitCode, stderr, measured: gate?.measured, verdict: gate?.verdict, note: gate?.note };
}

test("a benchmark that became much slower than at the base fails its gate", async () => {
  using repository = onTopic(FILES);
  repository.write({ "takes.sh": "sleep 0.15\n" });
  const failed = { exitCode: 1, stderr: "", verdict: "fail", measured: expect.stringMatching(/^start \+\d+ % \(/) };
  expect(await measured(repository)).toMatchObject(failed);
  expect(repository.git("status", "--porcelain")).toBe(" M takes.sh");
  // Whatever the change says it wants: the base's configuration judges.
  repository.write({ "symbiotic.config.mjs": config(", gates: { no_performance_regression: { threshold: 100000 } }") });
  repository.commit("a change");
  const env = { CI: "true", GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "main", GITHUB_REF: "refs/pull/1/merge" };
  expect(await measured(repository, env)).toMatchObject(failed);
});

test("one that became faster passes", async () => {
  using repository = onTopic({ ...FILES, "takes.sh": "sleep 0.15\n" });
  repository.write({ "takes.sh": "sleep 0.03\n" });
  expect(await measured(repository)).toMatchObject({ exitCode: 0, stderr: "", verdict: "pass" });
});

test("what cannot be compared holds, and a project that is new passes", async () => {
  using repository = onTopic({ ...FILES, "takes.sh": "exit 3\n" });
  repository.write({ "takes.sh": "sleep 0.03\n" });
  expect(await measured(repository)).toMatchObject({
    exitCode: 1,
    verdict: "hold",
    measured: "start fails at the base",
  });
  const own = config().replace('name: "start"', 'name: "start", project: "tool"');
  repository.write({ "symbiotic.config.mjs": own, "tool/pyproject.toml": '[project]\nname = "tool"\n' });
  expect(await measured(repository)).toMatchObject({
    exitCode: 0,
    verdict: "pass",
    measured: "nothing to compare with",
  });
});

test("without a comparison it is skipped and says why", async () => {
  using repository = onTopic(FILES);
  const { exitCode, stdout } = await symbiotic(repository, ["run", "performance"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/performance +skipped +it compares with a base/);
});
