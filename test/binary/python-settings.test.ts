import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { createRepository } from "../support/repository.ts";
import { outcomes, summaryOf } from "../support/record.ts";

const IGNORED = "__pycache__/\n.pytest_cache/\n.ruff_cache/\n.coverage\n";

test("a module that the root's pythonpath makes importable runs the tests of a project again", async () => {
  using repository = createRepository({
    ".gitignore": IGNORED,
    "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["common"]\n',
    "common/shared_mod.py": "VALUE = 1\n",
    "pkg/pyproject.toml": '[project]\nname = "pkg"\nversion = "1.0"\n',
    "pkg/tests/test_value.py": "from shared_mod import VALUE\n\n\ndef test_value():\n    assert VALUE == 1\n",
  });
  const task = "pkg:run_pytest_unit_with_coverage";
  await symbiotic(repository, ["run", "pkg:pytest"]);
  expect(outcomes(repository)[task]).toBe("ok miss");
  await symbiotic(repository, ["run", "pkg:pytest"]);
  expect(outcomes(repository)[task]).toBe("ok hit");
  repository.write({ "common/shared_mod.py": "VALUE = 2\n" });
  const { stdout } = await symbiotic(repository, ["affected", "pkg:pytest", "--base", "HEAD"]);
  expect(stdout).toContain("common/shared_mod.py");
  await symbiotic(repository, ["run", "pkg:pytest"]);
  expect(outcomes(repository)[task]).toBe("failed miss");
});

test("settings that are extended by extended settings lint again, and settings outside the repository are not linted by", async () => {
  using repository = createRepository({
    ".gitignore": IGNORED,
    "a.py": "import os\n",
    "ruff.toml": 'extend = "conf/near.toml"\n',
    "conf/near.toml": 'extend = "far.toml"\n',
    "conf/far.toml": 'lint.select = ["E"]\n',
  });
  const linted = async (): Promise<string | undefined> => {
    await symbiotic(repository, ["run", "ruff"]);
    return summaryOf(repository).tasks[0]?.summary;
  };
  expect(await linted()).toMatch(/^0 findings|^ok/);
  repository.write({ "conf/far.toml": 'lint.select = ["F"]\n' });
  expect(await linted()).toBe("1 finding");
  repository.write({ "ruff.toml": 'extend = "~/ruff.toml"\n' });
  expect(await linted()).toBe("ruff.toml extends ~/ruff.toml, which is not a file of this repository");
});
