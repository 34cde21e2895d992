import type { Finding, GateDecision, Settled } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { contextOf } from "../test/context.ts";
import { formatClean, lintClean } from "./gates.ts";

function settled(more: Partial<Settled> = {}): Settled {
  return {
    project: "a",
    atom: "run_ruff_lint",
    status: "ok",
    advisory: false,
    evidence: { tool: "ruff", findings: [] },
    ...more,
  };
}

function found(...files: string[]): Settled {
  const findings = files.map((file): Finding => ({ tool: "ruff", rule: "F401", level: "error", message: "", file }));
  return settled({ evidence: { tool: "ruff", findings } });
}

function missing(more: Partial<Settled>): Settled {
  const { project, atom, advisory } = settled();
  return { project, atom, advisory, status: "skipped", ...more };
}

function decide(gate: typeof lintClean, tasks: readonly Settled[], threshold: number | null = null): GateDecision {
  return gate.decide({ ...contextOf({}), tasks, threshold, change: null, before: [] });
}

test("no finding passes, one fails", () => {
  expect(decide(lintClean, [settled()])).toEqual({
    verdict: "pass",
    measured: "0",
    wanted: "0",
    numbers: { measured: 0, allowed: 0 },
  });
  expect(decide(lintClean, [found("a.py", "a.py")])).toMatchObject({ verdict: "fail", measured: "2", wanted: "0" });
});

test("formatting counts files, however much is found in one", () => {
  expect(decide(formatClean, [found("a.py", "a.py", "b.py")])).toMatchObject({
    verdict: "fail",
    measured: "2 files",
    wanted: "0 files",
  });
  expect(decide(formatClean, [found("a.py")])).toMatchObject({ measured: "1 file" });
});

test("a threshold is the number that is allowed", () => {
  expect(decide(lintClean, [found("a.py", "b.py")], 2)).toMatchObject({ verdict: "pass", wanted: "at most 2" });
  expect(decide(lintClean, [found("a.py", "b.py", "c.py")], 2)).toMatchObject({ verdict: "fail" });
});

test.each<[string, Partial<Settled>, string]>([
  ["a skipped task", {}, "not installed"],
  [
    "a skipped task with a reason",
    { reason: "the repository formats with black" },
    "the repository formats with black",
  ],
  ["a broken task", { status: "broken" }, "the tool did not finish"],
  ["a broken task with a reason", { status: "broken", reason: "timed out" }, "timed out"],
])("%s holds", (_, task, note) => {
  expect(decide(lintClean, [missing(task)])).toMatchObject({ verdict: "hold", measured: "no evidence", note });
  expect(decide(lintClean, [settled(), missing(task)])).toMatchObject({ verdict: "hold" });
});

test("what the embedded ruff found is noted as advisory", () => {
  expect(decide(lintClean, [settled({ advisory: true })])).toMatchObject({
    verdict: "pass",
    note: "embedded ruff, advisory",
  });
});

test("a gate is required where the repository configures it", () => {
  expect(lintClean.required(contextOf({}))).toBe(false);
  expect(lintClean.required(contextOf({ files: { "ruff.toml": "" } }))).toBe(true);
  expect(formatClean.required(contextOf({ files: { "ruff.toml": "" } }))).toBe(false);
  expect(formatClean.required(contextOf({ files: { "ruff.toml": "[format]" } }))).toBe(true);
});

test("the total adds up what was measured, and says where nothing was", () => {
  const one = decide(lintClean, [found("a.py")]);
  const none = decide(lintClean, [missing({})]);
  expect(lintClean.total([one, one, none])).toEqual({ measured: "2", wanted: "0" });
  expect(lintClean.total([none])).toEqual({ measured: "no evidence", wanted: "0" });
  expect(
    formatClean.total([decide(formatClean, [found("a.py")]), decide(formatClean, [found("a.py", "b.py")])]),
  ).toEqual({ measured: "3 files", wanted: "0 files" });
  expect(lintClean.total([decide(lintClean, [settled()], 3), decide(lintClean, [settled()], 1)]).wanted).toBe(
    "at most 4",
  );
});
