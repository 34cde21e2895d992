import { expect, test } from "vitest";
import { installInPlace } from "../../support/agents/python-environment.ts";
import { agentRepository, manifest, shell } from "../../support/agents/repository.ts";
import { symbiotic } from "../../support/binary.ts";

const FILES = {
  "pyproject.toml": '[project]\nname = "app"\nversion = "1.0"\n',
  "src/app/__init__.py": "ANSWER = 1\n",
  "tests/test_app.py": "import os\n\nimport app\n\n\ndef test_answer():\n    assert app.ANSWER == 2\n",
};

test("tools mend what they can, an agent what is left, and what it did passes what found it", async () => {
  await using rig = await agentRepository(
    "claude",
    ({ turn }) =>
      turn === 0
        ? shell("claude", "printf 'ANSWER = 2\\n' > src/app/__init__.py")
        : manifest("claude", ["src/app/__init__.py"], "The answer is two."),
    FILES,
  );
  const { repository, env, stub } = rig;
  installInPlace(repository.root);
  const mended = await symbiotic(repository, ["fix", "--agent", "claude", "--turns", "9"], { env });
  expect(mended).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/1 finding gone[^]*checked: \d+ tasks, all well[^]*1 file changed/),
  });
  expect(repository.read("src/app/__init__.py")).toBe("ANSWER = 2\n");
  const asked = JSON.stringify(stub.requests[0]?.body);
  expect(asked).toContain("Make the smallest change");
  expect(asked).toMatch(/test tests\/test_app\.py::test_answer failed/);
  expect(repository.git("log", "--oneline").split("\n")).toHaveLength(1);
  const count = stub.requests.length;
  const again = await symbiotic(repository, ["fix", "--agent", "claude"], { env });
  expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("nothing is left for an agent") });
  expect(stub.requests).toHaveLength(count);
});

test("it proposes with --dry-run, and changes nothing", async () => {
  await using rig = await agentRepository(
    "codex",
    ({ turn }) =>
      turn === 0
        ? shell("codex", "printf 'ANSWER = 2\\n' > src/app/__init__.py")
        : manifest("codex", ["src/app/__init__.py"]),
    FILES,
  );
  const { repository, env } = rig;
  installInPlace(repository.root);
  const proposed = await symbiotic(repository, ["fix", "pytest", "--agent", "codex", "--dry-run"], { env });
  expect(proposed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("nothing was applied: a dry run") });
  expect(repository.read("src/app/__init__.py")).toBe(FILES["src/app/__init__.py"]);
});

test("no agent in CI, and none for what is staged", async () => {
  await using rig = await agentRepository("claude", [{ text: "" }], FILES);
  const { repository, env, stub } = rig;
  const inCi = await symbiotic(repository, ["fix", "--agent", "claude"], { env: { ...env, CI: "1" } });
  expect(inCi).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("SYM2080") });
  const staged = await symbiotic(repository, ["fix", "--agent", "claude", "--staged"], { env });
  expect(staged).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("SYM2018") });
  expect(stub.requests).toEqual([]);
});
