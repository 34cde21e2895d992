import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { outcomesIn, repositoryOf, type Repository } from "../harness.ts";
import { recordedRuns, truthOf } from "../recorded-runs.ts";

/** One process a test file is divided off the one that collects. */
const WINDOWS = process.platform === "win32";
const COVERED = { detected: ["pytest-cov"] };
const [A, B, C, D] = ["tests/test_a.py", "tests/test_b.py", "tests/test_c.py", "tests/test_d.py"];

const CALC = "def a():\n    return 1\n\ndef b():\n    return 2\n\ndef c():\n    return 3\n\ndef d():\n    return 4\n";

/** A fixture of the session that takes long and tells, outside of the tree, that it was set up. */
function conftest(log: string, scope: string, seconds: number): string {
  return `import time\nimport pytest\n\n@pytest.fixture(scope=${JSON.stringify(scope)})\ndef server():\n    time.sleep(${seconds})\n    with open(${JSON.stringify(log)}, "a") as file:\n        file.write("once\\n")\n    return 0\n`;
}

function sharing(scope: string, seconds: number): { readonly repository: Repository; readonly setups: () => number } {
  const folder = mkdtempSync(join(tmpdir(), "batches-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const log = join(folder, "setups").replaceAll("\\", "/");
  const of = (name: string, fixture = "server"): string =>
    `from pkg.calc import ${name}\n\ndef test_${name}(${fixture}):\n    assert ${name}()\n`;
  const files = { [A]: of("a"), [B]: of("b"), [C]: of("c"), [D]: of("d", "") };
  const repository = repositoryOf({
    "pytest.ini": "[pytest]\n",
    "pkg/__init__.py": "",
    "pkg/calc.py": CALC,
    "conftest.py": conftest(log, scope, seconds),
    ...files,
  });
  return { repository, setups: () => readFileSync(log, "utf8").trim().split("\n").length };
}

describe.skipIf(WINDOWS)("a fixture of the session", () => {
  test("that takes long is set up for all files that are left and need it, and what one of them did counts for all", () => {
    const { repository, setups } = sharing("session", 0.6);
    using _ = repository;
    const run = recordedRuns(repository, COVERED);
    expect(run().ran).toEqual([A, B, C, D]);
    expect(setups()).toBe(2);
    const again = run({ "pkg/calc.py": CALC.replace("return 3", "return 5") });
    expect({ ran: again.ran, served: again.served }).toEqual({ ran: [B, C], served: [A, D] });
    expect(again.outcomes).toEqual(outcomesIn(truthOf(repository, COVERED)));
  });

  test("that takes no time is set up for each file", () => {
    const { repository, setups } = sharing("session", 0);
    using _ = repository;
    const run = recordedRuns(repository, COVERED);
    run();
    expect(setups()).toBe(3);
    expect(run({ "pkg/calc.py": CALC.replace("return 3", "return 5") }).ran).toEqual([C]);
  });

  test("that takes long, with a test that ends its process: what was to run after it is lost, and said", () => {
    const { repository } = sharing("session", 0.6);
    using _ = repository;
    const text = "import os\n\ndef test_b(server):\n    os._exit(3)\n\ndef test_after():\n    pass\n";
    const ended = recordedRuns(repository, COVERED)({ [B]: text });
    expect(ended.outcomes).toEqual({
      [`${A}::test_a`]: "passed",
      [`${B}::test_b`]: "failed",
      [`${B}::test_after`]: "failed",
      [`${C}::test_c`]: "failed",
      [`${D}::test_d`]: "passed",
    });
    expect(Object.keys(ended.never)).toEqual([B, C]);
  });
});

test.skipIf(WINDOWS)("a fixture of a module that takes long is no reason to share a process", () => {
  const { repository, setups } = sharing("module", 0.6);
  using _ = repository;
  const run = recordedRuns(repository, COVERED);
  run();
  expect(setups()).toBe(3);
  expect(run({ "pkg/calc.py": CALC.replace("return 3", "return 5") }).ran).toEqual([C]);
});
