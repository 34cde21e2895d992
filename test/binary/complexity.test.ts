import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { summaryOf } from "../support/record.ts";
import { createRepository, type TestRepository } from "../support/repository.ts";

const branches = (name: string, count: number): string =>
  `def ${name}(n):\n${Array.from({ length: count }, (_, at) => `    if n == ${String(at)}:\n        return ${String(at + 1)}\n`).join("")}    return 0\n`;

const FILES = {
  "pyproject.toml": '[project]\nname = "app"\n',
  "src/app.py": `${branches("steady", 9)}\n\n${branches("grows", 9)}`,
  "symbiotic.config.mjs":
    'export default { disable: ["pytest"], gates: { complexity_of_change: { required: true, threshold: 20 } } };\n',
};

async function compared(repository: TestRepository, env: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const { exitCode, stderr } = await symbiotic(repository, ["run", "complexity", "--affected"], { env });
  const gate = summaryOf(repository).gates.find(({ id }) => id === "complexity_of_change");
  return { exitCode, stderr, measured: gate?.measured, verdict: gate?.verdict, note: gate?.note };
}

test("a function that becomes much more complex than at the base fails its gate, and is named", async () => {
  using repository = createRepository(FILES);
  repository.git("checkout", "--quiet", "-b", "topic");
  repository.write({ "src/app.py": `${branches("steady", 9)}\n\n${branches("grows", 11)}` });
  expect(await compared(repository)).toMatchObject({ exitCode: 0, stderr: "", verdict: "pass", measured: "+20 %" });
  repository.write({ "src/app.py": `${branches("steady", 9)}\n\n${branches("grows", 14)}` });
  const failed = { exitCode: 1, verdict: "fail", measured: "+50 %", note: "src/app.py:grows 10 → 15" };
  expect(await compared(repository)).toMatchObject(failed);
  repository.commit("a change");
  const env = { CI: "true", GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "main", GITHUB_REF: "refs/pull/1/merge" };
  expect(await compared(repository, env)).toMatchObject(failed);
});

test("without a comparison there is nothing to say, and the work tree is as it was", async () => {
  using repository = createRepository(FILES);
  const { exitCode, stdout } = await symbiotic(repository, ["run", "complexity"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("2 functions");
  expect(summaryOf(repository).gates).toEqual([]);
  expect(repository.git("status", "--porcelain")).toBe("");
});

test("a project that is new has no base, and is judged by what is allowed of new functions", async () => {
  using repository = createRepository(FILES);
  repository.git("checkout", "--quiet", "-b", "topic");
  repository.write({
    "tool/pyproject.toml": '[project]\nname = "tool"\n',
    "tool/tool.py": branches("fresh", 12),
  });
  expect(await compared(repository)).toMatchObject({ exitCode: 1, note: "tool/tool.py:fresh new → 13" });
});
