import type { Evidence, GateInput, Settled, TestOutcome } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { contextOf } from "../../test/harness.ts";
import type { PytestFacts } from "../inspect/facts.ts";
import type { PytestOptions } from "../options.ts";
import { coverage } from "./coverage.ts";
import { ATOM } from "./evidence.ts";
import { testsPassed } from "./tests-passed.ts";

interface Case {
  readonly outcomes?: readonly TestOutcome["outcome"][];
  readonly covered?: readonly [covered: number, all: number];
  readonly status?: Settled["status"];
  readonly reason?: string;
  readonly facts?: Partial<PytestFacts>;
  readonly threshold?: number;
}

function inputOf({
  outcomes = ["passed"],
  covered,
  status = "ok",
  reason,
  facts = {},
  threshold,
}: Case): GateInput<PytestOptions, PytestFacts> {
  const [some, all] = covered ?? [0, 0];
  const metrics = [
    { name: "coverage", value: (some / all) * 100, unit: "%" },
    { name: "covered_lines", value: some, unit: "lines" },
    { name: "lines", value: all, unit: "lines" },
  ];
  const evidence: Evidence = {
    tool: "pytest",
    tests: outcomes.map((outcome, index) => ({ id: `t.py::${String(index)}`, outcome })),
    ...(covered === undefined ? {} : { metrics }),
  };
  const isMissing = status === "skipped" || status === "broken";
  const task: Settled = {
    project: "p",
    atom: ATOM,
    status,
    advisory: false,
    ...(reason === undefined ? {} : { reason }),
    ...(isMissing ? {} : { evidence }),
  };
  return { ...contextOf({ facts }), tasks: [task], threshold: threshold ?? null, change: null, before: [] };
}

test("one failed test or error fails the gate, whatever else passed", () => {
  expect(
    testsPassed.decide(inputOf({ outcomes: ["passed", "failed", "skipped", "xfailed"], status: "failed" })),
  ).toEqual({
    verdict: "fail",
    measured: "2/3",
    wanted: "all",
    numbers: { passed: 2, run: 3 },
  });
  expect(testsPassed.decide(inputOf({ outcomes: ["error"], status: "failed" })).verdict).toBe("fail");
});

test("passes, expected failures and allowed unexpected passes pass", () => {
  expect(testsPassed.decide(inputOf({ outcomes: ["passed", "xfailed", "xpassed"] }))).toMatchObject({
    verdict: "pass",
    measured: "3/3",
  });
});

test("no tests, or none that ran, pass and say so", () => {
  expect(testsPassed.decide(inputOf({ outcomes: [] }))).toMatchObject({ verdict: "pass", note: "0 tests" });
  expect(testsPassed.decide(inputOf({ outcomes: ["skipped", "skipped"] }))).toMatchObject({
    verdict: "pass",
    note: "2 skipped, none ran",
  });
});

test("a run that failed without a failed test does not pass", () => {
  expect(testsPassed.decide(inputOf({ status: "failed" }))).toMatchObject({
    verdict: "fail",
    note: expect.stringContaining("no test did"),
  });
});

test.each(["skipped", "broken"] as const)("a %s task holds both gates, with its reason", (status) => {
  const input = inputOf({ status, reason: "pytest is not installed" });
  expect(testsPassed.decide(input)).toMatchObject({
    verdict: "hold",
    note: `pytest ${status}: pytest is not installed`,
  });
  expect(coverage.decide(input)).toMatchObject({
    verdict: "hold",
    measured: "not measured",
    note: `pytest ${status}: pytest is not installed`,
  });
});

test("tests add up over projects", () => {
  const decisions = [
    testsPassed.decide(inputOf({ outcomes: ["passed", "failed"], status: "failed" })),
    testsPassed.decide(inputOf({})),
  ];
  expect(testsPassed.total(decisions)).toEqual({ measured: "2/3", wanted: "all" });
});

test("the tests gate binds where the repository names pytest or has a folder of tests", () => {
  const required = (facts: Partial<PytestFacts>): boolean => testsPassed.required(contextOf({ facts }));
  expect(required({ pytestConfigured: false, hasTestFolder: false })).toBe(false);
  expect(required({ pytestConfigured: true, hasTestFolder: false })).toBe(true);
  expect(required({ pytestConfigured: false, hasTestFolder: true })).toBe(true);
});

test("coverage wants the configuration's threshold, else the repository's, else 85 %", () => {
  expect(coverage.decide(inputOf({ covered: [90, 100] }))).toMatchObject({
    verdict: "pass",
    measured: "90.0 %",
    wanted: "85 %",
  });
  expect(coverage.decide(inputOf({ covered: [90, 100], facts: { failUnder: 95 } }))).toMatchObject({
    verdict: "fail",
    wanted: "95 %",
  });
  expect(coverage.decide(inputOf({ covered: [90, 100], facts: { failUnder: 95 }, threshold: 70 }))).toMatchObject({
    verdict: "pass",
    wanted: "70 %",
  });
});

test("coverage binds only where the repository demands some", () => {
  expect(coverage.required(contextOf({ facts: { failUnder: 80 } }))).toBe(true);
  expect(coverage.required(contextOf({ facts: { coverageConfigured: true } }))).toBe(false);
});

test("nearly enough is not enough, and does not look so", () => {
  expect(coverage.decide(inputOf({ covered: [84_996, 100_000] }))).toMatchObject({
    verdict: "fail",
    measured: "84.996 %",
  });
  expect(coverage.decide(inputOf({ covered: [9_999, 10_000], threshold: 100 }))).toMatchObject({
    verdict: "fail",
    measured: "99.9 %",
  });
});

test("the repository's own demand is compared as coverage.py compares it", () => {
  expect(coverage.decide(inputOf({ covered: [846, 1000], facts: { failUnder: 85 } }))).toMatchObject({
    verdict: "pass",
    measured: "84.6 %",
    note: expect.stringContaining("rounding"),
  });
  expect(coverage.decide(inputOf({ covered: [846, 1000], facts: { failUnder: 85, precision: 1 } })).verdict).toBe(
    "fail",
  );
  expect(coverage.decide(inputOf({ covered: [8494, 10_000], facts: { failUnder: 84.95 } })).verdict).toBe("fail");
});

test("what was not measured holds, and says why", () => {
  expect(coverage.decide(inputOf({}))).toMatchObject({
    verdict: "hold",
    measured: "not measured",
    note: expect.stringContaining("pytest-cov"),
  });
  expect(coverage.decide(inputOf({ facts: { coverageBlocked: true } }))).toMatchObject({
    verdict: "hold",
    note: expect.stringContaining("switch"),
  });
  expect(coverage.decide(inputOf({ outcomes: [], covered: [0, 10] }))).toMatchObject({
    verdict: "hold",
    note: "0 tests",
  });
});

test("coverage adds up by lines, not by percentages", () => {
  const decisions = [
    coverage.decide(inputOf({ covered: [1, 1] })),
    coverage.decide(inputOf({ covered: [49, 99] })),
    coverage.decide(inputOf({})),
  ];
  expect(coverage.total(decisions)).toEqual({ measured: "50.0 %", wanted: "85 %" });
  expect(coverage.total([coverage.decide(inputOf({}))])).toEqual({ measured: "not measured", wanted: "85 %" });
});
