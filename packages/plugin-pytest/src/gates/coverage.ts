import type { Evidence, Gate, GateDecision, GateInput } from "@symbiotic-build/engine";
import type { PytestFacts } from "../inspect/facts.ts";
import type { PytestOptions } from "../options.ts";
import { ATOM, missingBecause, pytestTask, sumOf } from "./evidence.ts";
import { percentText, reaches, type Demand } from "./percent.ts";

/** What is wanted where neither the configuration nor the repository says anything, in per cent. */
export const USUAL_COVERAGE = 85;

type CoverageInput = GateInput<PytestOptions, PytestFacts>;

/**
 * Enough of the code ran: the configuration's threshold, else the repository's own `fail_under`, else 85 %. Required where
 * the repository sets `fail_under`. Where nothing was measured it holds.
 */
export const coverage: Gate<PytestOptions, PytestFacts> = {
  title: "coverage",
  describe: "Enough of the code ran in the tests",
  reads: [ATOM],
  required: ({ facts }) => facts.failUnder !== null,
  decide: (input) => decide(input),
  total: (decisions) => ({
    measured: totalOf(decisions),
    wanted: [...new Set(decisions.map(({ wanted }) => wanted))].join(", "),
  }),
};

function decide(input: CoverageInput): GateDecision {
  const demand = demandOf(input);
  const wanted = `${demand.percent} %`;
  const task = pytestTask(input.tasks);
  if (task?.evidence === undefined)
    return { verdict: "hold", measured: "not measured", wanted, note: missingBecause(task) };
  const measured = measuredIn(task.evidence);
  const why = whyUnmeasured(task.evidence, measured, input);
  if (measured === undefined || why !== undefined) {
    return { verdict: "hold", measured: "not measured", wanted, ...(why === undefined ? {} : { note: why }) };
  }
  const { percent, covered, all } = measured;
  const isEnough = reaches(percent, demand);
  return {
    verdict: isEnough ? "pass" : "fail",
    measured: percentText(percent, demand),
    wanted,
    numbers: { covered, all },
    ...(isEnough && percent < demand.percent ? { note: "enough after rounding, as coverage.py compares" } : {}),
  };
}

interface Measured {
  readonly percent: number;
  readonly covered: number;
  readonly all: number;
}

/** Lines and branches together, as coverage.py counts; a project without any is covered. */
function measuredIn({ metrics = [] }: Evidence): Measured | undefined {
  const value = (name: string): number | undefined => metrics.find((one) => one.name === name)?.value;
  if (value("coverage") === undefined) return undefined;
  const covered = (value("covered_lines") ?? 0) + (value("covered_branches") ?? 0);
  const all = (value("lines") ?? 0) + (value("branches") ?? 0);
  return { percent: all === 0 ? 100 : (covered / all) * 100, covered, all };
}

function demandOf({ threshold, facts }: CoverageInput): Demand {
  if (threshold !== null) return { percent: threshold };
  if (facts.failUnder !== null) return { percent: facts.failUnder, precision: facts.precision };
  return { percent: USUAL_COVERAGE };
}

function whyUnmeasured(
  { tests = [] }: Evidence,
  measured: Measured | undefined,
  { options, facts }: CoverageInput,
): string | undefined {
  if (tests.length === 0) return "0 tests";
  if (measured !== undefined) return undefined;
  if (!options.coverage) return "the option `coverage` is off";
  if (facts.coverageBlocked) return "the arguments of pytest switch coverage off";
  return "pytest-cov is not installed, or it had no data to report";
}

function totalOf(decisions: readonly GateDecision[]): string {
  const all = sumOf(decisions, "all");
  if (all === 0) return decisions.find(({ numbers }) => numbers !== undefined)?.measured ?? "not measured";
  return percentText((sumOf(decisions, "covered") / all) * 100);
}
