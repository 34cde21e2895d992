import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { outcomesIn, outcomeOf, repositoryOf, runIn } from "../harness.ts";
import { ZOO_FILES } from "./zoo.ts";

const hasModule = (name: string): boolean => spawnSync("python", ["-c", `import ${name}`]).status === 0;

test.skipIf(!hasModule("xdist"))("spread over workers, outcomes and counts are the same", () => {
  using alone = repositoryOf(ZOO_FILES);
  using spread = repositoryOf(ZOO_FILES);
  const [one, other] = [runIn(alone), runIn(spread, { options: { args: ["-n2"] }, detected: ["pytest-cov"] })];
  expect(outcomesIn(other)).toEqual(outcomesIn(one));
  const own: Record<string, string[]> = JSON.parse(readFileSync(join(spread.path, "own.json"), "utf8"));
  const total = Object.values(own).reduce((sum, ids) => sum + ids.length, 0);
  const counted = outcomeOf(other)
    .summary.split(", ")
    .reduce((sum, part) => sum + Number.parseInt(part, 10), 0);
  expect(counted).toBe(total);
  expect(outcomeOf(other).evidence.coverage).toHaveProperty(["pkg/mod.py"]);
});

test.skipIf(!hasModule("xdist"))("a worker that crashes fails its test, and the others are kept", () => {
  using repository = repositoryOf({
    "pytest.ini": "",
    "test_a.py": "import os\ndef test_crash(): os._exit(3)\ndef test_b(): pass\n",
  });
  const run = runIn(repository, { options: { args: ["-n1"] } });
  expect(outcomesIn(run)).toEqual({ "test_a.py::test_crash": "failed", "test_a.py::test_b": "passed" });
});

test.skipIf(!hasModule("pytest_rerunfailures"))("a test that passes when it is repeated has passed", () => {
  const text = "STATE = []\n\ndef test_flaky():\n    STATE.append(1)\n    assert len(STATE) > 1\n";
  using repository = repositoryOf({ "pytest.ini": "", "test_a.py": text });
  const run = runIn(repository, { options: { args: ["--reruns=2"] } });
  expect(outcomeOf(run)).toMatchObject({
    status: "ok",
    summary: "1 passed",
    evidence: { tests: [{ id: "test_a.py::test_flaky", outcome: "passed" }] },
  });
});
