import { expect, test } from "vitest";
import { outcomesIn, outcomeOf, repositoryOf } from "../harness.ts";
import { recordedRuns, truthOf } from "../recorded-runs.ts";

/** One process a test file is divided off the one that collects. */
const WINDOWS = process.platform === "win32";
const COVERED = { detected: ["pytest-cov"] };
const [FIRST, OTHER, SECOND] = ["tests/test_a_first.py", "tests/test_b_other.py", "tests/test_c_second.py"];
const TOGETHER = { together: true };
const TOLD = "an audit runs all of it together";

const FILES = {
  "pytest.ini": "[pytest]\n",
  "pkg/__init__.py": "",
  "pkg/settings.py": 'import os\n\ndef mode():\n    return os.environ.get("LEFT_BEHIND", "none")\n',
  [FIRST]: 'import os\n\ndef test_first():\n    os.environ["LEFT_BEHIND"] = "left"\n',
  [OTHER]: "def test_other():\n    pass\n",
  [SECOND]: 'from pkg.settings import mode\n\ndef test_second():\n    assert mode() == "none"\n',
};

test.skipIf(WINDOWS)(
  "an audit finds the file that passes by itself and fails after others; from then on all share a process, as in plain pytest",
  () => {
    using repository = repositoryOf(FILES);
    const run = recordedRuns(repository, COVERED);
    const truth = outcomesIn(truthOf(repository, COVERED));
    const failing = `${SECOND}::test_second`;
    expect([run().outcomes[failing], truth[failing]]).toEqual(["passed", "failed"]);
    const audited = run({}, TOGETHER);
    expect({ outcomes: audited.outcomes, whole: audited.whole }).toEqual({ outcomes: truth, whole: TOLD });
    const next = run();
    expect(next.whole).toBe(`${SECOND} ends otherwise among other test files`);
    expect(next.outcomes).toEqual(truth);
  },
);

test.skipIf(WINDOWS)(
  "once another file leaves nothing behind, a further audit lets each have its own process again",
  () => {
    using repository = repositoryOf(FILES);
    const run = recordedRuns(repository, COVERED);
    run();
    run({}, TOGETHER);
    expect(run({ [FIRST]: "def test_first():\n    pass\n" }).whole).toContain(SECOND);
    expect(run({}, TOGETHER).whole).toBe(TOLD);
    const next = run();
    expect({ whole: next.whole, served: next.served, ran: next.ran }).toEqual({
      ...{ whole: null, served: [OTHER, SECOND], ran: [FIRST] },
    });
  },
);

test.skipIf(WINDOWS)(
  "where all end as they do by themselves, an audit changes nothing, and keeps no record of a test file",
  () => {
    using repository = repositoryOf({ ...FILES, [FIRST]: "def test_first():\n    pass\n" });
    const run = recordedRuns(repository, COVERED);
    run();
    const audited = run({}, TOGETHER);
    expect(outcomeOf(audited.run).parts).toEqual([{ name: ":among", record: {} }]);
    expect(audited.outcomes).toEqual(outcomesIn(truthOf(repository, COVERED)));
    expect(run().served).toEqual([FIRST, OTHER, SECOND]);
  },
);

test.skipIf(WINDOWS)("what cannot be divided anyhow says why, also to an audit", () => {
  using repository = repositoryOf({ ...FILES, "pytest.ini": "[pytest]\naddopts = --lf\n" });
  const run = recordedRuns(repository, COVERED);
  expect(run({}, TOGETHER).whole).toBe("runs what failed before");
});
