import fc from "fast-check";
import { parse } from "junit2json";
import { expect, test } from "vitest";
import { anyEnvelopes } from "../../test/report/arbitrary-events.ts";
import { begin, envelopes, plan, ran, started, type Step } from "../../test/report/sample-run.ts";
import { countOf, readXml } from "../../test/report/xml.ts";
import type { RunEvent } from "../core/event.ts";
import type { TestOutcome } from "../core/evidence.ts";
import { junitText } from "./junit.ts";
import { isFailed } from "./report-tests.ts";
import { runReportOf } from "./run-report-of.ts";

const junit = (...steps: readonly Step[]): string => junitText(runReportOf(envelopes([started, ...steps])));
const test_ = (id: string, more: Partial<TestOutcome> = {}): RunEvent => ({
  type: "test",
  test: { id, outcome: "failed", ...more },
});

test("a suite is a task, a case is a test with its class and name, and another reader counts the same", async () => {
  const text = junit(plan("api:pytest=pytest"), [
    "api:pytest",
    test_("tests/test_a.py::TestB::test_c[x::y]", {
      message: "first\nsecond",
      file: "api/tests/test_a.py",
      line: 7,
      repro: "pytest x",
    }),
    test_("tests/test_a.py::test_d", { outcome: "error", message: "broke" }),
    {
      type: "measured",
      tests: {
        passed: ["tests/test_a.py::test_ok", "plain"],
        skipped: ["tests/test_a.py::test_s"],
        xfailed: ["tests/test_a.py::test_x"],
        xpassed: ["tests/test_a.py::test_p"],
      },
    },
    ran(1234, "…", { status: "failed" }),
  ]);
  const read = await parse(text);
  expect(read).toMatchObject({ name: "symbiotic", tests: 7, failures: 1, errors: 1 });
  const [suite] = read && "testsuite" in read ? (read.testsuite ?? []) : [];
  expect(suite).toMatchObject({ name: "api:pytest", tests: 7, failures: 1, errors: 1, skipped: 2, time: 1.234 });
  const byName = new Map(suite?.testcase?.map((each) => [each.name, each]));
  expect(byName.get("test_c[x::y]")).toMatchObject({
    classname: "tests.test_a.TestB",
    file: "api/tests/test_a.py",
    failure: [{ message: "first", type: "failed", inner: "first\nsecond\nrepro: pytest x" }],
  });
  expect(byName.get("test_x")).toMatchObject({ skipped: [{ message: "failed, as expected" }] });
  expect(byName.get("plain")).toMatchObject({ classname: "api:pytest" });
  expect(byName.get("test_p")).not.toHaveProperty("skipped");
});

test("a task that broke, or did not end, is an error and not nothing", () => {
  const text = junit(
    plan("a:pytest=pytest", "b:pytest=pytest", "c:pytest=pytest"),
    ["a:pytest", ran(1, "", { status: "broken", reason: "timed out" })],
    ["b:pytest", begin],
    ["c:pytest", ran(1, "ok")],
  );
  readXml(text, (root) => {
    expect(countOf(root, "/testsuites/testsuite")).toBe(2);
    expect(countOf(root, "//testcase[error/@message='timed out']")).toBe(1);
    expect(countOf(root, "//testcase[error/@message='it did not come to its end']")).toBe(1);
  });
});

test("a failed task with a failed test is told once, and one without is an error", () => {
  const failed = ran(1, "exit code 1", { status: "failed" });
  expect(junit(plan("a:t=t"), ["a:t", test_("x"), failed])).toContain('failures="1" errors="0"');
  expect(junit(plan("a:t=t"), ["a:t", failed])).toContain('failures="0" errors="1"');
});

test("any events make well-formed XML in which all tests are counted", () => {
  fc.assert(
    fc.property(anyEnvelopes, (events) => {
      const report = runReportOf(events);
      readXml(junitText(report), (root) => {
        const lost = countOf(root, "//testcase") - report.tests.length;
        expect(lost).toBeGreaterThanOrEqual(0);
        expect(countOf(root, "//failure") + countOf(root, "//error")).toBe(report.tests.filter(isFailed).length + lost);
      });
    }),
    { numRuns: 150 },
  );
});
