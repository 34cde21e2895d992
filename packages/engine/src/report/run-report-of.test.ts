import fc from "fast-check";
import { expect, test } from "vitest";
import { anyEnvelopes } from "../../test/report/arbitrary-events.ts";
import {
  begin,
  envelopes,
  finished,
  firstContact,
  gate,
  hit,
  plan,
  ran,
  started,
  type Step,
} from "../../test/report/sample-run.ts";
import type { Finding } from "../core/evidence.ts";
import type { RunEvent } from "../core/event.ts";
import { runReportOf } from "./run-report-of.ts";

function found(fingerprint: string, more: Partial<Finding> = {}): RunEvent {
  const finding: Finding = { tool: "ruff", rule: "F401", level: "error", message: "unused", file: "a.py", ...more };
  return { type: "finding", fingerprint, finding };
}

const report = (...steps: readonly Step[]): ReturnType<typeof runReportOf> => runReportOf(envelopes(steps));

test("a run is told with its verdict, its counts and what it was compared with", () => {
  const { run, affected } = runReportOf(envelopes(firstContact));
  expect(run).toMatchObject({
    id: "r1",
    outcome: "failed",
    verdict: "2 of 4 gates failed",
    exitCode: 1,
    durationMs: 5210,
  });
  expect(run.comparison?.base).toBe("origin/main");
  expect(affected).toEqual([
    { project: "api", reason: "src/api/export.py changed" },
    { project: "cli", reason: "depends on api" },
  ]);
});

test("a run without an end is unfinished, and so are its tasks", () => {
  const { run, tasks } = report(started, plan("api:pytest=pytest", "api:mypy=mypy"), ["api:pytest", begin]);
  expect(run).toMatchObject({ outcome: "unfinished", exitCode: null, verdict: "the run did not come to its end" });
  expect(tasks.map(({ id, status, ran: span }) => [id, status, span])).toEqual([
    ["api:pytest", null, { from: 200, to: 200 }],
    ["api:mypy", null, null],
  ]);
});

test("a finding names the gates that it decided, also where another tool's finding stands for it", () => {
  const at = { range: { start: { line: 3, column: 1 } }, problems: ["CWE-78"] };
  const { findings, gates } = report(
    started,
    ["app:ruff", found("a", { ...at, rule: "S602" })],
    ["app:bandit", found("b", { ...at, tool: "bandit", rule: "B602", level: "warning" })],
    gate("security|1|0", {
      verdict: "fail",
      projects: [{ project: "app", measured: "1", verdict: "fail", required: true, findings: ["b", "gone"] }],
    }),
  );
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ fingerprint: "a", alsoBy: ["bandit B602"], gates: ["security"], project: "app" });
  expect(gates[0]).toMatchObject({ id: "security", findings: ["a"], projects: [{ findings: ["a"] }] });
});

test("what a later task says is mended is in no report, but where it found it again itself", () => {
  const { findings } = report(
    started,
    ["issue=A-1:review_1", found("a")],
    ["issue=A-1:review_1", found("b", { file: "b.py" })],
    ["issue=A-1:review_2", found("c", { file: "c.py" })],
    ["issue=A-2:review_1", found("a")],
    ["issue=A-1:review_2", ran(1, "pass", { mended: ["a", "c"] })],
  );
  expect(findings.map(({ fingerprint, task }) => [fingerprint, task])).toEqual([
    ["a", "issue=A-2:review_1"],
    ["b", "issue=A-1:review_1"],
    ["c", "issue=A-1:review_2"],
  ]);
});

test("a gate about the whole repository names its findings too", () => {
  const { findings, gates } = report(
    started,
    ["", found("a", {})],
    gate("checks kept|1|all", { findings: ["a", "gone"] }),
  );
  expect(gates[0]).toMatchObject({ findings: ["a"], projects: [] });
  expect(findings[0]?.gates).toEqual(["checks_kept"]);
});

test("a finding is shown with the lines around it only while its own line is the one that was seen", () => {
  const seen: Step = [
    "app:ruff",
    { ...found("a", { range: { start: { line: 2, column: 1 } } }), excerpt: "import os" } as RunEvent,
  ];
  const lines = ["import re", "import os", "", "x = 1", "", "y = 2"];
  const sourceOf = (text: readonly string[] | undefined): unknown =>
    runReportOf(envelopes([started, seen]), () => text).findings[0]?.source;
  expect(sourceOf(lines)).toEqual({ from: 1, lines: ["import re", "import os", "", "x = 1", ""] });
  expect(sourceOf(["import os", "x = 1"])).toEqual({ from: 2, lines: ["import os"] });
  expect(sourceOf(undefined)).toEqual({ from: 2, lines: ["import os"] });
});

test("all tests are told, each once, and those that failed with what their event says", () => {
  const failed: RunEvent = {
    type: "test",
    test: { id: "t.py::b", outcome: "failed", message: "no", repro: "pytest t.py::b" },
  };
  const measured: RunEvent = { type: "measured", tests: { passed: ["t.py::a", "t.py::b"], xfailed: ["t.py::c"] } };
  const { tests } = report(started, ["app:pytest", failed, measured, ran(5, "1 failed", { status: "failed" })]);
  expect(tests.map(({ id, outcome, repro }) => [id, outcome, repro])).toEqual([
    ["t.py::a", "passed", null],
    ["t.py::b", "failed", "pytest t.py::b"],
    ["t.py::c", "xfailed", null],
  ]);
});

test("a line that the tests of one project reached ran, whatever those of another did", () => {
  const of = (executed: string, missing: string): RunEvent => ({
    type: "measured",
    coverage: { "a.py": { executed, missing } },
  });
  const { coverage } = report(
    { ...started, changed: ["b.py"] },
    ["app:pytest", of("1-3", "4-6"), hit(5, "ok")],
    ["lib:pytest", of("4", "1-3,5-6")],
  );
  expect(coverage).toEqual([
    {
      ...{ file: "a.py", projects: ["app", "lib"], covered: 4, lines: 6, percent: 66.67, changed: false },
      ...{ executed: [[1, 4]], missing: [[5, 6]], branches: [] },
    },
  ]);
});

test("coverage that is not all is never 100 %, and what has no lines is", () => {
  const all = { executed: `1-99999`, missing: "100000" };
  const { coverage } = report(started, [
    "a:t",
    { type: "measured", coverage: { "a.py": all, "b.py": { executed: "", missing: "" } } },
  ]);
  expect(coverage.map(({ percent }) => percent)).toEqual([99.99, 100]);
});

test("whatever the events are, the report is plain JSON and each fingerprint stands once", () => {
  fc.assert(
    fc.property(anyEnvelopes, (events) => {
      const made = runReportOf(events);
      expect(JSON.parse(JSON.stringify(made))).toEqual(made);
      const fingerprints = made.findings.map(({ fingerprint }) => fingerprint);
      expect(new Set(fingerprints).size).toBe(fingerprints.length);
    }),
  );
});

test("a run in which nothing was selected says why", () => {
  const { run } = report(started, finished({}, { nothing: "nothing is affected: no file changed" }));
  expect(run).toMatchObject({ outcome: "passed", verdict: "nothing is affected: no file changed" });
});
