import type { Evidence, Gate, GateDecision, Settled, TestOutcome } from "@symbiotic-build/engine";
import type { PytestFacts } from "../inspect/facts.ts";
import type { PytestOptions } from "../options.ts";
import { ATOM, missingBecause, pytestTask, sumOf } from "./evidence.ts";

const WANTED = "all";

/**
 * Every test that ran passed. Expected failures and unexpected passes that pytest lets through count as passed, skipped
 * tests do not count. Required where the repository names pytest or has a folder of tests.
 */
export const testsPassed: Gate<PytestOptions, PytestFacts> = {
  title: "tests passed",
  describe: "Every test that ran passed",
  reads: [ATOM],
  required: ({ facts }) => facts.pytestConfigured || facts.hasTestFolder,
  decide: ({ tasks }) => decide(pytestTask(tasks)),
  total: (decisions) => ({ measured: fraction(sumOf(decisions, "passed"), sumOf(decisions, "run")), wanted: WANTED }),
};

function decide(task: Settled | undefined): GateDecision {
  const evidence = task?.evidence;
  if (task === undefined || evidence === undefined || task.status === "skipped" || task.status === "broken") {
    return { verdict: "hold", measured: "no evidence", wanted: WANTED, note: missingBecause(task) };
  }
  return decideOn(evidence, task.status === "failed");
}

function decideOn({ tests = [] }: Evidence, hasFailed: boolean): GateDecision {
  const count = (...outcomes: readonly TestOutcome["outcome"][]): number =>
    tests.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const [passed, failed] = [count("passed", "xfailed", "xpassed"), count("failed", "error")];
  const note = noteOf(tests.length, { failed, passed, hasFailed });
  return {
    verdict: failed > 0 || hasFailed ? "fail" : "pass",
    measured: fraction(passed, passed + failed),
    wanted: WANTED,
    numbers: { passed, run: passed + failed },
    ...(note === undefined ? {} : { note }),
  };
}

function noteOf(
  all: number,
  { failed, passed, hasFailed }: { failed: number; passed: number; hasFailed: boolean },
): string | undefined {
  if (hasFailed && failed === 0) return "pytest failed though no test did: the log says why";
  if (all === 0) return "0 tests";
  return passed + failed === 0 ? `${all} skipped, none ran` : undefined;
}

function fraction(passed: number, run: number): string {
  return `${passed}/${run}`;
}
