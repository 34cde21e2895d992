import type { TestOutcome } from "../core/evidence.ts";
import { byCodeUnit } from "../core/json.ts";
import type { TaskId } from "../core/task-id.ts";
import type { RunView } from "./run-view.ts";
import type { TestReport } from "./run-report.ts";

const QUIET = ["passed", "skipped", "xfailed", "xpassed"] as const;

/** All tests of a run by task and id, each once: what has an event of its own is told by that. */
export function testsOf(view: RunView, projectOf: (task: TaskId) => string): TestReport[] {
  const told = new Map<string, TestReport>();
  const tell = (task: TaskId, test: TestOutcome): void => {
    const key = JSON.stringify([task, test.id]);
    if (!told.has(key)) told.set(key, testReport(task, projectOf(task), test));
  };
  for (const { task, test } of view.tests) tell(task, test);
  for (const [task, { tests = {} }] of view.measured)
    for (const outcome of QUIET) for (const id of tests[outcome] ?? []) tell(task, { id, outcome });
  return [...told.values()].sort((a, b) => byCodeUnit(a.task, b.task) || byCodeUnit(a.id, b.id));
}

function testReport(task: TaskId, project: string, test: TestOutcome): TestReport {
  const { id, outcome, message, file, line, repro } = test;
  return {
    ...{ task, project, id, outcome },
    message: message ?? null,
    file: file ?? null,
    line: line ?? null,
    repro: repro ?? null,
  };
}

/** Whether this outcome is one that a person has to do something about. */
export function isFailed({ outcome }: Pick<TestReport, "outcome">): boolean {
  return outcome === "failed" || outcome === "error";
}
