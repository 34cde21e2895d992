import { expect, test } from "vitest";
import { tuplesOf, type Told } from "./validator-tuples.mjs";
import { compareAgain, type Summary, type Task } from "./validator-trial.mjs";

const told: Told = { file: "a.py", rule: "B101", message: "assert", range: { start: { line: 3 } } };
const task: Task = {
  id: "a:run_bandit",
  status: "ok",
  cache: "hit",
  reason: null,
  summary: "",
  diagnostics: [],
};

function summaryOf(cache: string, findings: Told[] = [told]): Summary {
  return { tasks: [{ ...task, cache }], findings, diagnostics: [] };
}

test("a finding is its path, line and rule, and what is there twice counts twice", () => {
  const { range, ...whole } = told;
  expect(range).toBeDefined();
  expect(tuplesOf("bandit", [told, told, whole])).toEqual(["a.py:3 B101", "a.py:3 B101", "a.py:0 B101"]);
});

test("a package is told with its release and the advisory or the licence", () => {
  const about = { file: "requirements.txt" };
  expect(
    tuplesOf("pip-licenses", [
      { ...about, rule: "licence-not-allowed", message: "certifi 1.0: MPL 2.0 (MPL) is not allowed" },
      { ...about, rule: "licence-unknown", message: "odd 2: its metadata names no licence" },
    ]),
  ).toEqual(["certifi 1.0 MPL 2.0 (MPL)", "odd 2 UNKNOWN"]);
  expect(tuplesOf("pip-audit", [{ ...about, rule: "PYSEC-1", message: "jinja2 3.1.3: fixed in 3.1.4" }])).toEqual([
    "jinja2 3.1.3 PYSEC-1",
  ]);
});

test("a hook is one tuple with its exit code and all of its files", () => {
  const hook = { rule: "ruff-check", message: "ruff check: exit code 1, would change this file\na line" };
  expect(
    tuplesOf("pre-commit", [
      { ...hook, file: "b.py" },
      { ...hook, message: "ruff check: exit code 1", file: "a.py" },
      { rule: "tidy", message: "Tidy: would change this file", file: "c.py" },
    ]),
  ).toEqual(["ruff-check, exit code 1: a.py b.py", "tidy, exit code 0: c.py"]);
});

test("a benchmark is told with its exit code", () => {
  const message = "setup failed with exit code 2 in 2 of 2 runs";
  expect(tuplesOf("hyperfine", [{ file: "pyproject.toml", rule: "command-failed", message }])).toEqual([
    "setup exit code 2",
  ]);
});

test("the second run serves what may be kept, nothing else, and finds the same", () => {
  expect(compareAgain("bandit", summaryOf("miss"), summaryOf("hit"))).toEqual([]);
  expect(compareAgain("bandit", summaryOf("miss"), summaryOf("miss"))).toHaveLength(1);
  expect(compareAgain("bandit", summaryOf("miss"), summaryOf("hit", []))).toHaveLength(1);
  expect(compareAgain("pip-audit", summaryOf("off"), summaryOf("off"))).toEqual([]);
  expect(compareAgain("pip-audit", summaryOf("off"), summaryOf("hit"))).toHaveLength(1);
});
