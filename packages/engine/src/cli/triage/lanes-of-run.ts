import { LANES, type Lane } from "../../core/lane.ts";
import type { AtomIndex } from "../../graph/atom-index.ts";
import { distinctFindings } from "../../report/distinct-findings.ts";
import { isFailedTest, type FindingView, type RunView, type TaskView, type TestView } from "../../report/run-view.ts";
import { isFix } from "../fix/wanted-fixes.ts";

/** What a run left in one lane. */
export interface LaneOfRun {
  readonly lane: Lane;
  /** Each problem once, without those of the baseline. */
  readonly findings: readonly FindingView[];
  /** Tests that did not pass. */
  readonly tests: readonly TestView[];
  /** Tasks that failed and left neither. */
  readonly tasks: readonly TaskView[];
  /** How many of the findings `symbiotic fix` mends. */
  readonly fixable: number;
}

/** A run's findings and failures by who can mend them. */
export interface TriagedRun {
  /** Those with something in them, in the order in which they are worth looking at. */
  readonly lanes: readonly LaneOfRun[];
  /** Tasks that came to no end: it is the tool or the machine that needs mending. */
  readonly broken: readonly TaskView[];
}

/** Groups what the events of a run told. Of an atom that no plugin here has nothing more is known than that. */
export function lanesOfRun(view: RunView, index: AtomIndex): TriagedRun {
  const mended = new Set([...index.atoms.values()].filter(isFix).flatMap(({ atom }) => atom.fixes ?? []));
  const atomOf = (task: string): string => task.slice(task.lastIndexOf(":") + 1);
  const laneOf = (task: string): Lane => index.atoms.get(atomOf(task))?.atom.lane ?? "other";
  const findings = distinctFindings(view.findings.filter(({ reported }) => reported.known !== true));
  const tests = view.tests.filter(({ test }) => isFailedTest(test));
  const told = new Set([...findings, ...tests].map(({ task }) => task));
  const tasks = [...view.tasks.values()];
  const failed = tasks.filter(({ id, finished }) => finished?.status === "failed" && !told.has(id));
  const lanes = LANES.map((lane) => {
    const own = findings.filter(({ task }) => laneOf(task) === lane);
    const isMended = ({ task, reported }: FindingView): boolean =>
      mended.has(atomOf(task)) && reported.finding.fix?.applicability === "safe";
    return {
      lane,
      findings: own,
      tests: tests.filter(({ task }) => laneOf(task) === lane),
      tasks: failed.filter(({ id }) => laneOf(id) === lane),
      fixable: own.filter(isMended).length,
    };
  });
  return {
    lanes: lanes.filter((each) => each.findings.length + each.tests.length + each.tasks.length > 0),
    broken: tasks.filter(({ finished }) => finished?.status === "broken"),
  };
}
