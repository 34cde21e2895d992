import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { normalise } from "../support/normalise.ts";
import { MENDED, SHOP } from "../support/python-files.ts";
import { eventsOf, eventsOfType, outcomes, summaryOf } from "../support/record.ts";
import { createRepository, type TestRepository } from "../support/repository.ts";

// One at a time, so that the order of the lines is the same in every run.
const GATES = ["run", "gates", "--concurrency", "1"];

test("a Python repository without a configuration is linted, tested and gated; what failed runs again", async () => {
  using repository = createRepository(SHOP);
  const first = await symbiotic(repository, GATES);
  expect(normalise(first.stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 1 project · gates: 3 tasks

      pytest        <time>   1 passed, 1 failed   (never run here before)
      ruff format   <time>   ok
      ruff lint     <time>   1 finding

    src/shop/__init__.py:1:8  F401  \`os\` imported but unused                                        ruff
       1 | import os
         |        ^^ see https://docs.astral.sh/ruff/rules/unused-import

    tests/test_price.py::test_none  assert 0 == 1                                                 pytest
       at tests/test_price.py:9
       repro: python3 -m pytest 'tests/test_price.py::test_none'

    gate               measured   wanted    verdict
    lint clean         1          0         fail
    format clean       0 files    0 files   pass (advisory)
    tests passed       1/2        all       fail
    coverage           100.0 %    85 %      pass (advisory)

    2 of 4 gates failed · 3 tasks: 3 run · <time> · .symbiotic/runs/<run>"
  `);
  expect(first).toMatchObject({ exitCode: 1, stderr: "" });

  const second = await symbiotic(repository, GATES);
  expect(normalise(second.stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 1 project · gates: 3 tasks

      ruff format   cached   ok (<time> saved)
      ruff lint     cached   1 finding (<time> saved)
      pytest        <time>   1 passed, 1 failed   (it failed last time)

    src/shop/__init__.py:1:8  F401  \`os\` imported but unused                                        ruff
       1 | import os
         |        ^^ see https://docs.astral.sh/ruff/rules/unused-import

    tests/test_price.py::test_none  assert 0 == 1                                                 pytest
       at tests/test_price.py:9
       repro: python3 -m pytest 'tests/test_price.py::test_none'

    gate               measured   wanted    verdict
    lint clean         1          0         fail
    format clean       0 files    0 files   pass (advisory)
    tests passed       1/2        all       fail
    coverage           100.0 %    85 %      pass (advisory)

    2 of 4 gates failed · 3 tasks: 1 run, 2 cached · <time> · .symbiotic/runs/<run>"
  `);
  expect(second).toMatchObject({ exitCode: 1, stderr: "" });
  expect(outcomes(repository)).toEqual({
    "shop:run_pytest_unit_with_coverage": "failed miss",
    "shop:run_ruff_format_check": "ok hit",
    "shop:run_ruff_lint": "ok hit",
  });
});

test("a clean repository is one line the second time, and a run leaves nothing that git sees", async () => {
  using repository = createRepository({ ...SHOP, ...MENDED });
  const first = await symbiotic(repository, GATES);
  expect(normalise(first.stdout, repository)).toMatchInlineSnapshot(`
    "symbiotic <version> · 1 project · gates: 3 tasks

      pytest        <time>   2 passed   (never run here before)
      ruff format   <time>   ok
      ruff lint     <time>   ok

    gate               measured   wanted    verdict
    lint clean         0          0         pass
    format clean       0 files    0 files   pass (advisory)
    tests passed       2/2        all       pass
    coverage           100.0 %    85 %      pass (advisory)

    all 4 gates pass · 3 tasks: 3 run · <time> · .symbiotic/runs/<run>"
  `);
  expect(first).toMatchObject({ exitCode: 0, stderr: "" });

  const second = await symbiotic(repository, GATES);
  expect(normalise(second.stdout, repository)).toMatchInlineSnapshot(`"3 tasks, 3 cached · all 4 gates pass · <time>"`);
  expect(second).toMatchObject({ exitCode: 0, stderr: "" });

  expect(repository.git("status", "--porcelain")).toBe("");
  const affected = await symbiotic(repository, ["run", "gates", "--affected"]);
  expect(affected).toMatchObject({ exitCode: 0, stdout: "nothing is affected: no file changed\n" });
});

test("what is replayed is what was found: findings, tests, gates and logs to the byte", async () => {
  using repository = createRepository({ ...SHOP, "tests/test_price.py": MENDED["tests/test_price.py"] ?? "" });
  await symbiotic(repository, ["run", "gates", "--output-logs", "full"]);
  const finished = eventsOfType(eventsOf(repository), "task-finished");
  expect(finished.map(({ log }) => readFileSync(join(repository.root, log ?? ""), "utf8")).join("")).toContain(
    "2 passed",
  );

  await symbiotic(repository, ["run", "gates", "--output-logs", "full"]);
  expect(summaryOf(repository).counts).toMatchObject({ total: 3, cached: 3 });
  const [first, second] = [0, 1].map((index) => facts(repository, index));
  expect(second).toEqual(first);
  expect(first?.findings).toHaveLength(1);
  expect(first?.logs["shop:run_pytest_unit_with_coverage"]).toContain("2 passed");
});

interface Facts {
  readonly findings: readonly object[];
  readonly tests: readonly object[];
  readonly gates: readonly object[];
  readonly logs: Readonly<Record<string, string>>;
}

function facts(repository: TestRepository, index: number): Facts {
  const logs: Record<string, string> = {};
  for (const { event, task } of eventsOf(repository, index)) {
    if (event.type === "task-output" && task !== undefined) logs[task] = `${logs[task] ?? ""}${event.line}\n`;
  }
  const { findings, tests, gates } = summaryOf(repository, index);
  return { findings, tests, gates, logs };
}
