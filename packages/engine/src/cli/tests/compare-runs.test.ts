import { expect, test } from "vitest";
import type { Evidence } from "../../core/evidence.ts";
import type { Outcome } from "../../plugin/atom.ts";
import { compareRuns, compareTogether, type TwoRuns } from "./compare-runs.ts";

const RAN = { decision: "ran", reason: "no record of it", evidence: [] } as const;

type Tests = NonNullable<Evidence["tests"]>;

function outcome(tests: Readonly<Record<string, Tests[number]["outcome"]>>, more: Partial<Outcome> = {}): Outcome {
  const list = Object.entries(tests).map(([id, each]) => ({ id, outcome: each }));
  return { status: "ok", summary: "", evidence: { tool: "t", tests: list }, ...more };
}

/** A sample of `pkg/a.py`, of which the second run gave a record. */
function differences(first: Outcome, second: Outcome, more: Partial<TwoRuns> = {}): ReturnType<typeof compareRuns> {
  const parts = second.parts ?? [{ name: "pkg/a.py", record: null }];
  const decisions = { "pkg/a.py": RAN, "pkg/b.py": RAN };
  return compareRuns({ root: "pkg", sample: ["pkg/a.py"], first, second: { ...second, parts }, decisions, ...more });
}

test("the same outcomes are no difference", () => {
  expect(differences(outcome({ "a.py::x": "passed" }), outcome({ "a.py::x": "passed" }))).toEqual([]);
});

test("a test of the sample that ends otherwise, is gone or is new is one", () => {
  const found = differences(
    outcome({ "a.py::x": "passed", "a.py::gone": "skipped" }),
    outcome({ "a.py::x": "failed", "a.py::new": "passed" }),
  );
  expect(found).toEqual([
    { part: "pkg/a.py", what: "a.py::gone", kept: "skipped", now: "not there" },
    { part: "pkg/a.py", what: "a.py::new", kept: "not there", now: "passed" },
    { part: "pkg/a.py", what: "a.py::x", kept: "passed", now: "failed" },
  ]);
});

test("a test of a part that ran both times is not the sample's", () => {
  expect(differences(outcome({ "b.py::x": "passed" }), outcome({ "b.py::x": "failed" }))).toEqual([]);
});

test("a test of no part that is known may be the sample's", () => {
  expect(differences(outcome({ "z::x": "passed" }), outcome({ "z::x": "failed" }))).toEqual([
    { part: null, what: "z::x", kept: "passed", now: "failed" },
  ]);
});

test("a part that ran and may not be left out any more is a difference, with the reason", () => {
  const never = { decision: "never", reason: "no record of it", evidence: ["reads the clock"] } as const;
  const all = outcome({ "a.py::x": "passed" }, { parts: [] });
  expect(differences(all, all, { decisions: { "pkg/a.py": never } })).toEqual([
    { part: "pkg/a.py", what: "pkg/a.py", kept: "may be left out", now: "may not: reads the clock" },
  ]);
});

test("coverage is compared where nothing but the sample ran", () => {
  const covered = (executed: string, ran: number): Outcome => ({
    ...outcome({}),
    evidence: { tool: "t", coverage: { "m.py": { executed, missing: "" } } },
    served: { served: 1, ran, what: "files" },
  });
  expect(differences(covered("1-2", 0), covered("1-3", 1))).toEqual([
    { part: null, what: "coverage of m.py", kept: "lines 1-2", now: "lines 1-3" },
  ]);
  expect(differences(covered("1-2", 1), covered("1-3", 2))).toEqual([]);
});

test("where all ran together each test that ends otherwise is told, with the part that has it", () => {
  const apart = outcome({ "a.py::x": "passed", "b.py::y": "passed", "b.py::z": "skipped" });
  const together = outcome({ "a.py::x": "failed", "b.py::y": "passed" });
  expect(compareTogether("pkg", apart, together)).toEqual([
    { part: "pkg/a.py", what: "a.py::x", kept: "passed", now: "failed" },
    { part: "pkg/b.py", what: "b.py::z", kept: "skipped", now: "not there" },
  ]);
  expect(compareTogether(".", apart, apart)).toEqual([]);
});
