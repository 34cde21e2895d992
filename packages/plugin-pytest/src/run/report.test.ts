import { expect, test } from "vitest";
import { fixture } from "../../test/fixture.ts";
import { readJunit } from "./junit.ts";
import { outcomesOf, summaryOf, type Reported } from "./outcomes.ts";
import { readReport } from "./report.ts";

const OUTCOMES = {
  "tests/test_broken.py": "error",
  "tests/test_derived.py::TestDerived::test_known": "xfailed",
  "tests/test_derived.py::TestDerived::test_negative": "failed",
  "tests/test_derived.py::TestDerived::test_skipped": "skipped",
  "tests/test_derived.py::TestDerived::test_was_known": "xpassed",
  "tests/test_shop.py::TestCases::test_known": "xfailed",
  "tests/test_shop.py::TestCases::test_negative": "failed",
  "tests/test_shop.py::TestCases::test_skipped": "skipped",
  "tests/test_shop.py::TestCases::test_was_known": "xpassed",
  "tests/test_shop.py::test_price[a::b]": "passed",
  "tests/test_shop.py::test_price[c/d]": "passed",
  "tests/test_shop.py::test_teardown": "error",
};

function byId(reported: readonly Reported[] = []): unknown {
  return Object.fromEntries(outcomesOf(reported, () => "").map(({ id, outcome }) => [id, outcome]));
}

test("a recorded report of pytest 9.2 gives each test's outcome and pytest's own counts", () => {
  const report = readReport(fixture("report.json"), "api");
  expect(byId(report?.tests)).toEqual(OUTCOMES);
  expect(summaryOf(report?.tests ?? [])).toBe("3 passed, 2 failed, 2 errors, 2 skipped, 2 xfailed, 2 xpassed");
});

test("what did not pass has a message, and the place where it went wrong from the repository root", () => {
  const tests = outcomesOf(readReport(fixture("report.json"), "api")?.tests ?? [], (id) => `again ${id}`);
  const find = (id: string): unknown => tests.find((one) => one.id === id);
  expect(find("tests/test_derived.py::TestDerived::test_negative")).toEqual({
    id: "tests/test_derived.py::TestDerived::test_negative",
    outcome: "failed",
    message: "AssertionError: no",
    file: "api/tests/test_shop.py",
    line: 12,
    repro: "again tests/test_derived.py::TestDerived::test_negative",
  });
  expect(find("tests/test_broken.py")).toMatchObject({
    message: "ModuleNotFoundError: No module named 'nope'",
    file: "api/tests/test_broken.py",
  });
  expect(find("tests/test_shop.py::test_teardown")).toMatchObject({ message: "RuntimeError: no tear-down", line: 29 });
  expect(find("tests/test_shop.py::TestCases::test_skipped")).toEqual({
    id: "tests/test_shop.py::TestCases::test_skipped",
    outcome: "skipped",
    message: `not <today> & "never"`,
    file: "api/tests/test_shop.py",
    line: 22,
  });
  expect(find("tests/test_shop.py::test_price[c/d]")).toEqual({
    id: "tests/test_shop.py::test_price[c/d]",
    outcome: "passed",
  });
});

test("nothing of the machine is in the evidence", () => {
  const text = JSON.stringify(outcomesOf(readReport(fixture("report.json"), "api")?.tests ?? [], (id) => id));
  expect(text).not.toMatch(/\/home|\/usr|0x[0-9a-f]+/);
});

test("a JUnit file gives the same but for unexpected passes, which it does not tell from passes", () => {
  const report = readJunit(fixture("junit.xml"), { root: "api", rootdir: "api" });
  const expected = Object.entries(OUTCOMES).map(([id, outcome]) => [id, outcome === "xpassed" ? "passed" : outcome]);
  expect(byId(report?.tests)).toEqual(Object.fromEntries(expected));
  expect(report?.tests.find(({ id }) => id.endsWith("::test_teardown"))).toMatchObject({
    message: "RuntimeError: no tear-down",
    line: 31,
  });
  expect(report?.tests.find(({ id }) => id === "tests/test_broken.py")).toMatchObject({
    message: "ModuleNotFoundError: No module named 'nope'",
  });
});

test("ids of a JUnit file begin in the project, though pytest's begin in the folder of its settings", () => {
  const xml = `<testsuites><testsuite><testcase classname="api.tests.test_a" name="test_b" file="api/tests/test_a.py"/></testsuite></testsuites>`;
  expect(byId(readJunit(xml, { root: "api", rootdir: "." })?.tests)).toEqual({ "tests/test_a.py::test_b": "passed" });
});

test("a report that is cut off or is none is not read", () => {
  expect(readReport(fixture("report.json").slice(0, -9), "api")).toBeUndefined();
  expect(readReport("{}", "api")).toBeUndefined();
  expect(readJunit(fixture("junit.xml").slice(0, -20), { root: "api", rootdir: "api" })).toBeUndefined();
  expect(readJunit("<html></html>", { root: ".", rootdir: "." })).toBeUndefined();
});

test("a test that errs after it passed is an error, one that errs after it failed is failed", () => {
  const one = (outcome: Reported["outcome"]): Reported => ({ id: "t", category: outcome, outcome });
  expect(byId([one("passed"), one("error")])).toEqual({ t: "error" });
  expect(byId([one("error"), one("failed")])).toEqual({ t: "failed" });
  expect(summaryOf([one("passed"), one("error")])).toBe("1 passed, 1 error");
  expect(summaryOf([])).toBe("0 tests");
});

test("a first try that is repeated is no outcome", () => {
  const report = {
    version: 1,
    cwd: "/r",
    rootdir: "/r",
    exit: 0,
    tests: [
      { id: "t.py::a", category: "rerun", outcome: "rerun" },
      { id: "t.py::a", category: "passed", outcome: "passed" },
    ],
  };
  const read = readReport(JSON.stringify(report), ".");
  expect(byId(read?.tests)).toEqual({ "t.py::a": "passed" });
  expect(summaryOf(read?.tests ?? [])).toBe("1 passed");
});
