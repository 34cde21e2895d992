import {
  countLines,
  intersection,
  isInside,
  parseRanges,
  type Gate,
  type GateDecision,
  type GateInput,
} from "@symbiotic-build/engine";
import type { PytestFacts } from "../inspect/facts.ts";
import type { PytestOptions } from "../options.ts";
import { USUAL_COVERAGE } from "./coverage.ts";
import { ATOM, missingBecause, pytestTask, sumOf } from "./evidence.ts";
import { percentText, reaches } from "./percent.ts";

type ChangedInput = GateInput<PytestOptions, PytestFacts>;

/**
 * Enough of the lines ran that a change made or altered: the configuration's threshold, else 85 %. Lines that cannot run do
 * not count. Asked only where the run compares with a base; required where the repository sets `fail_under`.
 */
export const changedLines: Gate<PytestOptions, PytestFacts> = {
  title: "changed lines",
  describe: "Enough of the lines that changed ran in the tests",
  reads: [ATOM],
  ofChange: true,
  required: ({ facts }) => facts.failUnder !== null,
  decide: (input) => decide(input),
  total: (decisions) => ({
    measured: totalOf(decisions),
    wanted: [...new Set(decisions.map(({ wanted }) => wanted))].join(", "),
  }),
};

const NOTHING = "no line";

function decide(input: ChangedInput): GateDecision {
  const percent = input.threshold ?? USUAL_COVERAGE;
  const wanted = `${String(percent)} %`;
  const task = pytestTask(input.tasks);
  if (task?.evidence === undefined)
    return { verdict: "hold", measured: "not measured", wanted, note: missingBecause(task) };
  if (task.evidence.coverage === undefined) return unmeasured(input, wanted);
  const { covered, missing } = countIn(input, task.evidence.coverage);
  const all = covered + missing;
  if (all === 0) return { verdict: "pass", measured: NOTHING, wanted };
  const measured = (covered / all) * 100;
  return {
    verdict: reaches(measured, { percent }) ? "pass" : "fail",
    measured: percentText(measured, { percent }),
    wanted,
    numbers: { covered, all },
  };
}

/** A change of what is no Python needs no test to run it. */
function unmeasured({ change, project }: ChangedInput, wanted: string): GateDecision {
  const isTouched = change?.files.some(
    ({ path, lines }) => path.endsWith(".py") && lines !== "" && isInside(project.root, path),
  );
  return isTouched === true
    ? { verdict: "hold", measured: "not measured", wanted, note: "no coverage was measured" }
    : { verdict: "pass", measured: NOTHING, wanted };
}

function countIn(
  { change, project }: ChangedInput,
  coverage: NonNullable<NonNullable<ChangedInput["tasks"][number]["evidence"]>["coverage"]>,
): { readonly covered: number; readonly missing: number } {
  const counts = { covered: 0, missing: 0 };
  for (const { path, lines } of change?.files ?? []) {
    const measured = isInside(project.root, path) ? coverage[path] : undefined;
    if (measured === undefined) continue;
    const changed = parseRanges(lines);
    counts.covered += countLines(intersection(changed, parseRanges(measured.executed)));
    counts.missing += countLines(intersection(changed, parseRanges(measured.missing)));
  }
  return counts;
}

function totalOf(decisions: readonly GateDecision[]): string {
  const all = sumOf(decisions, "all");
  if (all > 0) return percentText((sumOf(decisions, "covered") / all) * 100);
  return decisions.some(({ measured }) => measured === NOTHING) ? NOTHING : "not measured";
}
