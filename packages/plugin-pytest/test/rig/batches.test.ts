import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
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

/** A repository of four test files, three of which need the fixture; and how often that was set up. */
interface Shared extends Disposable {
  readonly repository: Repository;
  readonly setups: () => number;
}

function sharing(scope: string, seconds: number): Shared {
  const folder = mkdtempSync(join(tmpdir(), "batches-"));
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
  return {
    repository,
    setups: () => readFileSync(log, "utf8").trim().split("\n").length,
    [Symbol.dispose]: () => {
      repository[Symbol.dispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

describe.skipIf(WINDOWS)("a fixture of the session", () => {
  test("that takes long is set up for all files that are left and need it, and what one of them did counts for all", () => {
    using shared = sharing("session", 0.6);
    const { repository, setups } = shared;
    const run = recordedRuns(repository, COVERED);
    expect(run().ran).toEqual([A, B, C, D]);
    expect(setups()).toBe(2);
    const again = run({ "pkg/calc.py": CALC.replace("return 3", "return 5") });
    expect({ ran: again.ran, served: again.served }).toEqual({ ran: [B, C], served: [A, D] });
    expect(again.outcomes).toEqual(outcomesIn(truthOf(repository, COVERED)));
  });

  test("that takes no time is set up for each file", () => {
    using shared = sharing("session", 0);
    const { repository, setups } = shared;
    const run = recordedRuns(repository, COVERED);
    run();
    expect(setups()).toBe(3);
    expect(run({ "pkg/calc.py": CALC.replace("return 3", "return 5") }).ran).toEqual([C]);
  });

  test("that takes long, with a test that ends its process: what was to run after it is lost, and said", () => {
    using shared = sharing("session", 0.6);
    const { repository } = shared;
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
  using shared = sharing("module", 0.6);
  const { repository, setups } = shared;
  const run = recordedRuns(repository, COVERED);
  run();
  expect(setups()).toBe(3);
  expect(run({ "pkg/calc.py": CALC.replace("return 3", "return 5") }).ran).toEqual([C]);
});
