import { dirname } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { summaryOf } from "../support/record.ts";
import { createRepository, type TestRepository } from "../support/repository.ts";
import { nativeProgram } from "../support/validators.ts";

/** Like a token, and nobody's. */
const token = (last: string): string => `ghp_x7Kq2Lm9Pw4Rt6Yv1Bn3Zc5Df8Gh0Js${last}`;

const FILES = {
  "pyproject.toml": '[project]\nname = "app"\n',
  "old.py": `KEY = "${token("Aa1B")}"\n`,
  "symbiotic.config.json": JSON.stringify({
    disable: ["pytest"],
    gates: { gitleaks_clean: { required: false }, no_new_security_finding: { required: true } },
  }),
};

async function run(repository: TestRepository, args: readonly string[], env = {}): Promise<unknown> {
  const path = `${dirname(nativeProgram("gitleaks"))}:${repository.env["PATH"] ?? ""}`;
  const { exitCode, stderr } = await symbiotic(repository, ["run", "gitleaks", ...args], {
    env: { ...env, PATH: path },
  });
  const gate = summaryOf(repository).gates.find(({ id }) => id === "no_new_security_finding");
  return { exitCode, stderr, measured: gate?.measured, verdict: gate?.verdict };
}

test("only what is severe and was not there at the base fails the gate of security", async () => {
  using repository = createRepository(FILES);
  expect(await run(repository, [])).toMatchObject({ exitCode: 1, measured: "1 severe", verdict: "fail" });
  repository.git("checkout", "--quiet", "-b", "topic");
  // Moved by two lines, and the same still.
  repository.write({ "old.py": `import os\n\n${FILES["old.py"]}` });
  const fine = { exitCode: 0, stderr: "", measured: "0 severe", verdict: "pass" };
  expect(await run(repository, ["--affected"])).toEqual(fine);
  repository.write({ "new.py": `KEY = "${token("Cc2D")}"\n` });
  repository.commit("a change");
  const env = { CI: "true", GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "main", GITHUB_REF: "refs/pull/1/merge" };
  expect(await run(repository, ["--affected"], env)).toMatchObject({
    exitCode: 1,
    measured: "1 severe",
    verdict: "fail",
  });
});
