import { expect, test } from "vitest";
import { compareFindings, compareGates, compareRuns, compareTests, differences } from "./compare.mjs";
import type { HandTests, Place } from "./by-hand.mjs";
import type { Finding, Project, Summary, SymbioticRun, Task } from "./by-symbiotic.mjs";

const NONE: ReadonlySet<string> = new Set();
const project: Project = { name: "api", root: "api", dependsOn: [] };
const task: Task = {
  id: "api:run_pytest_unit_with_coverage",
  project: "api",
  status: "ok",
  cache: "miss",
  summary: "",
  reason: null,
  diagnostics: [],
};
const finding: Finding = { task: "api:run_ruff_lint", file: "api/a.py", rule: "F401", range: { start: { line: 3 } } };
const summary: Summary = { tasks: [task], findings: [finding], tests: [], gates: [], counts: {} };
const place: Place = { path: "api/a.py", line: 3, rule: "F401" };
const none = { lint: [], format: [], types: null };

function hand(outcomes: Readonly<Record<string, string>>, exit = 0): HandTests {
  return { exit, seconds: 1, outcomes: new Map(Object.entries(outcomes)), miscounted: [], texts: new Map() };
}

function runOf(gates: Summary["gates"], exit: number): SymbioticRun {
  return { exit, seconds: 1, summary: { ...summary, gates }, said: "" };
}

test("what is there twice must be found twice", () => {
  expect(differences("item", ["a", "a", "b"], ["b", "a", "c"])).toEqual(["item missing: a", "item too many: c"]);
  expect(differences("item", ["b", "a"], ["a", "b"])).toEqual([]);
});

test("a finding on another line or with another rule is a difference", () => {
  expect(compareFindings({ ...none, lint: [place] }, summary)).toEqual([]);
  expect(compareFindings({ ...none, lint: [{ ...place, line: 4 }] }, summary)).toHaveLength(2);
  expect(compareFindings({ ...none, lint: [{ ...place, rule: "F402" }] }, summary)).toHaveLength(2);
  expect(compareFindings({ ...none, lint: [place], format: ["b.py"] }, summary)).toEqual([
    "unformatted file missing: b.py",
  ]);
});

test("mypy is compared where it was there by hand", () => {
  const seen: Summary = { ...summary, findings: [{ ...finding, task: "api:run_mypy_typecheck", rule: "misc" }] };
  expect(compareFindings(none, seen)).toEqual([]);
  expect(compareFindings({ ...none, types: ["api/a.py:3 misc"] }, seen)).toEqual([]);
  expect(compareFindings({ ...none, types: [] }, seen)).toEqual(["finding of mypy too many: api/a.py:3 misc"]);
  const gate = { gate: "mypy clean", measured: "0", wanted: "0", verdict: "hold", required: true, projects: [] };
  const failing = new Map<string, number>();
  expect(compareGates({ ...none, failing }, runOf([gate], 1))).toEqual([]);
  expect(compareGates({ ...none, types: ["api/a.py:3 misc"], failing }, runOf([gate], 1))).toEqual([]);
  expect(compareGates({ ...none, types: [], failing }, runOf([gate], 1))).toEqual(["the gate mypy clean says hold"]);
});

test("a test with another outcome, or that only one side has, is a difference", () => {
  const of = { project, projects: [project], task };
  const seen = hand({ "test_a.py::test_a": "passed", "test_a.py::test_b": "skipped" });
  expect(compareTests(of, seen, new Map([...seen.outcomes]))).toEqual([]);
  expect(compareTests(of, seen, new Map([["test_a.py::test_a", "passed"]]))).toEqual([
    "api: test missing: test_a.py::test_b skipped",
  ]);
  expect(compareTests(of, seen, new Map([...seen.outcomes, ["test_a.py::test_b", "passed"]]))).toHaveLength(2);
});

test("tests below a nested project are counted there", () => {
  const nested: Project = { name: "core", root: "api/core", dependsOn: [] };
  const seen = hand({ "core/test_a.py::test_a": "passed", "test_b.py::test_b": "passed" });
  const own = new Map([["test_b.py::test_b", "passed"]]);
  expect(compareTests({ project, projects: [project, nested], task }, seen, own)).toEqual([]);
});

test("a task that ended in another way than pytest by hand is a difference, and so is a missing one", () => {
  const outcomes = { "test_a.py::test_a": "failed" };
  const tests = new Map(Object.entries(outcomes));
  const of = { project, projects: [project] };
  expect(compareTests({ ...of, task }, hand(outcomes, 1), tests)).toHaveLength(1);
  expect(compareTests({ ...of, task: { ...task, status: "failed" } }, hand(outcomes, 1), tests)).toEqual([]);
  expect(compareTests({ ...of, task: undefined }, hand(outcomes, 1), new Map())).toHaveLength(2);
  expect(compareTests({ ...of, task: { ...task, status: "broken" } }, hand({}, 4), new Map())).toEqual([]);
});

test("a gate that passes over findings or failed tests is a difference, and so is a wrong exit code", () => {
  const lint = { gate: "lint clean", measured: "0", wanted: "0", verdict: "pass", required: true, projects: [] };
  const tests = {
    ...lint,
    gate: "tests passed",
    projects: [{ project: "api", measured: "1/1", verdict: "pass", required: true }],
  };
  const clean = { ...none, failing: new Map([["api", 0]]) };
  expect(compareGates(clean, runOf([lint, tests], 0))).toEqual([]);
  expect(compareGates({ ...clean, lint: [place] }, runOf([lint], 0))).toEqual(["the gate lint clean says pass"]);
  expect(compareGates({ ...clean, failing: new Map([["api", 1]]) }, runOf([tests], 0))).toHaveLength(1);
  expect(compareGates(clean, runOf([lint], 1))).toHaveLength(1);
});

test("the second run serves what was ok, runs what failed, and finds the same", () => {
  const again: Summary = { ...summary, tasks: [{ ...task, cache: "hit" }] };
  expect(compareRuns(summary, again, NONE)).toEqual([]);
  expect(compareRuns(summary, summary, NONE)).toHaveLength(1);
  expect(compareRuns({ ...summary, tasks: [{ ...task, status: "failed" }] }, again, NONE)).toHaveLength(1);
  expect(compareRuns(summary, { ...again, findings: [] }, NONE)).toHaveLength(1);
  const failed = { task: task.id, id: "test_a.py::test_a", outcome: "failed" };
  expect(compareRuns({ ...summary, tests: [failed] }, again, NONE)).toHaveLength(1);
  expect(compareRuns({ ...summary, tests: [failed] }, again, new Set([task.id]))).toEqual([]);
});
