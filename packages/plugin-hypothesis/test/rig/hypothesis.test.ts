import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  findingsOf,
  onDisk,
  pythonProgram,
  validate,
  type OnDisk,
  type ValidatorRun,
} from "../../../../test/support/validators.ts";
import { hypothesis } from "../../src/index.ts";

const PYTHON = pythonProgram("tools", "python");
const RUN: ValidatorRun = { atom: "hypothesis", programs: { "{python}": PYTHON } };
const HEAD = "from hypothesis import given, settings, strategies as st\n\n\n";

const TESTS = `${HEAD}@given(st.integers())
def test_small(number):
    print("tried", number)
    assert number < 100


class TestIn:
    @given(st.lists(st.integers()))
    def test_short(self, values):
        assert len(values) < 3


@given(st.integers())
def test_good(number):
    assert number == number


def test_plain():
    assert False
`;

test("what is falsified is what hypothesis falsifies by hand, and no other test is run", () => {
  using repository = onDisk({ "requirements.txt": "hypothesis\n", "tests/test_a.py": TESTS });
  const outcome = validate(hypothesis(), repository, RUN);
  expect(findingsOf(outcome)).toEqual(byHand(repository));
  expect(byHand(repository)).toEqual(["tests/test_a.py:11 falsified", "tests/test_a.py:4 falsified"]);
  expect(outcome).toMatchObject({ value: { summary: "3 property tests, 2 findings" } });
});

test("the same seed gives the same bytes, whatever was tried before", () => {
  using repository = onDisk({ "requirements.txt": "hypothesis\n", "test_a.py": TESTS });
  const [one, other] = [0, 0].map(() => JSON.stringify(validate(hypothesis({ seed: 3 }), repository, RUN)));
  expect(one).toContain("number=100");
  expect(other).toBe(one);
});

test("a clean project is clean, and so is one without property tests", () => {
  using clean = onDisk({
    "requirements.txt": "hypothesis\n",
    "test_a.py": `${HEAD}@given(st.integers())\ndef test_a(x): pass\n`,
  });
  expect(validate(hypothesis(), clean, RUN)).toMatchObject({ ok: true, value: { summary: "1 property test" } });
  using none = onDisk({ "requirements.txt": "hypothesis\n", "test_a.py": "def test_a():\n    assert False\n" });
  expect(validate(hypothesis(), none, RUN)).toMatchObject({ ok: true, value: { summary: "0 property tests" } });
});

test("each of several failures of a test is a finding with its example", () => {
  const text = `${HEAD}@given(st.integers())\ndef test_two(x):\n    if x > 50:\n        raise ValueError("big")\n    assert x > -50\n`;
  using repository = onDisk({ "requirements.txt": "hypothesis\n", "test_a.py": text });
  const outcome = validate(hypothesis(), repository, RUN);
  const messages = outcome.ok ? (outcome.value.evidence.findings ?? []).map(({ message }) => message) : [];
  expect(messages).toEqual([expect.stringContaining("x=-50"), expect.stringContaining("x=51")]);
});

test("a state machine is falsified in its module, and its steps are the example", () => {
  const text = `from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule


class Counter(RuleBasedStateMachine):
    count = 0

    @rule(by=st.just(2))
    def add(self, by):
        self.count += by
        assert self.count < 4


TestCounter = Counter.TestCase
`;
  using repository = onDisk({ "requirements.txt": "hypothesis\n", "tests/test_a.py": text });
  const outcome = validate(hypothesis(), repository, RUN);
  expect(findingsOf(outcome)).toEqual(["tests/test_a.py:0 falsified"]);
  const [finding] = outcome.ok ? (outcome.value.evidence.findings ?? []) : [];
  expect(finding?.message.split("\n").slice(1)).toEqual([
    "Failing test case: <state machine>",
    "state = Counter()",
    "state.add(by=2)",
    "state.add(by=2)",
    "state.teardown()",
  ]);
});

test("an example is read that a section of pytest's report holds, as with older releases", () => {
  const conftest = `import pytest


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.failed:
        report.sections.append(("Hypothesis", "Falsifying example:\\nstate = M()\\nstate.teardown()"))
`;
  const text = "import pytest\n\n\n@pytest.mark.hypothesis\ndef test_a():\n    assert False\n";
  using repository = onDisk({ "requirements.txt": "hypothesis\n", "conftest.py": conftest, "test_a.py": text });
  expect(findingsOf(validate(hypothesis(), repository, RUN))).toEqual(["test_a.py:4 falsified"]);
});

test("profile and number of examples count, and a test that says its own number keeps it", () => {
  const count = (name: string, more = ""): string =>
    `@given(st.integers())\n${more}def test_${name}(x):\n    open("${name}", "a").write(".")\n\n\n`;
  const conftest = 'from hypothesis import settings\nsettings.register_profile("quick", max_examples=7)\n';
  const text = `${HEAD}${count("usual")}${count("own", "@settings(max_examples=3)\n")}`;
  const numbers = (use: ReturnType<typeof hypothesis>): readonly number[] => {
    using repository = onDisk({ "requirements.txt": "hypothesis\n", "conftest.py": conftest, "test_a.py": text });
    expect(findingsOf(validate(use, repository, RUN))).toEqual([]);
    return ["usual", "own"].map((name) => readFileSync(join(repository.root, name), "utf8").length);
  };
  expect(numbers(hypothesis({ profile: "quick" }))).toEqual([7, 3]);
  expect(numbers(hypothesis({ profile: "quick", maxExamples: 5 }))).toEqual([5, 3]);
});

test("suppressions and expected failures count", () => {
  const text = `import pytest\n${HEAD.replace("given,", "HealthCheck, assume, given,")}
@settings(suppress_health_check=list(HealthCheck), max_examples=5)
@given(st.integers())
def test_filters(x):
    assume(x == x)


@pytest.mark.xfail
@given(st.integers())
def test_expected(x):
    assert False


@pytest.mark.skip
@given(st.integers())
def test_skipped(x):
    assert False
`;
  using repository = onDisk({ "requirements.txt": "hypothesis\n", "test_a.py": text });
  expect(findingsOf(validate(hypothesis(), repository, RUN))).toEqual([]);
});

test("nothing is written into the repository but what hypothesis keeps", () => {
  using repository = onDisk({ "requirements.txt": "hypothesis\n", "test_a.py": TESTS });
  validate(hypothesis(), repository, RUN);
  expect([".pytest_cache", "__pycache__"].filter((name) => existsSync(join(repository.root, name)))).toEqual([]);
});

test("a module that cannot be imported and a broken fixture are findings", () => {
  using repository = onDisk({ "requirements.txt": "hypothesis\n", "test_a.py": "import nowhere\n" });
  expect(findingsOf(validate(hypothesis(), repository, RUN))).toEqual(["test_a.py:0 collection"]);
  const text = `import pytest\n${HEAD}@pytest.fixture(scope="module")\ndef broken():\n    raise ValueError("no")\n\n\n@given(x=st.integers())\ndef test_a(broken, x): pass\n`;
  using other = onDisk({ "requirements.txt": "hypothesis\n", "test_a.py": text });
  expect(findingsOf(validate(hypothesis(), other, RUN))).toEqual(["test_a.py:10 error"]);
});

test.each([
  ["an option that pytest does not know", { "pytest.ini": "[pytest]\naddopts = --nonsense\n" }, "--nonsense"],
  ["a conftest.py that cannot be loaded", { "conftest.py": "import nowhere\n" }, "nowhere"],
])("%s is a clear error", (_, files, said) => {
  using repository = onDisk({ "requirements.txt": "hypothesis\n", "test_a.py": TESTS, ...files });
  expect(validate(hypothesis(), repository, RUN)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining(said), hint: expect.any(String) },
  });
});

test("a profile that no one registered is a clear error", () => {
  using repository = onDisk({ "requirements.txt": "hypothesis\n", "test_a.py": TESTS });
  expect(validate(hypothesis({ profile: "nowhere" }), repository, RUN)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining("nowhere") },
  });
});

function byHand({ root }: OnDisk): string[] {
  const report = join(root, ".git", "junit.xml");
  mkdirSync(join(root, ".git"), { recursive: true });
  const words = ["-m", "hypothesis", "--hypothesis-seed=0", `--junitxml=${report}`, "-o", "junit_family=xunit1"];
  spawnSync(PYTHON, ["-m", "pytest", ...words], { cwd: root });
  const cases = [...readFileSync(report, "utf8").matchAll(/<testcase [^>]*?file="(.*?)" line="(\d+)"[^>]*><failure/g)];
  return cases.map(([, file, line]) => `${String(file)}:${String(Number(line) + 1)} falsified`).sort();
}
