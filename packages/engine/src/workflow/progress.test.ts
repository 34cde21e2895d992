import { expect, test } from "vitest";
import type { RunEvent } from "../core/event.ts";
import type { Step, StepProgress, Workflow } from "../plugin/workflow.ts";
import { progressTeller } from "./progress.ts";

function step(subject: string): Step {
  return { id: `issue=${subject}:go`, subject, title: "go", after: [], key: null, work: () => WORK };
}

const WORK = { kind: "tell", status: "ok", summary: "", data: {} } as const;

function workflowOf(progress: Workflow["progress"]): Workflow {
  const base = { name: "issues", steps: [step("A"), step("B")], passed: () => true };
  return progress === undefined ? base : { ...base, progress };
}

function toldBy(workflow: Workflow, subjects: readonly string[]): readonly RunEvent[] {
  const events: RunEvent[] = [];
  const tell = progressTeller(workflow, (event) => events.push(event));
  for (const subject of subjects) tell(step(subject), () => undefined);
  return events;
}

test("what changed is told, all subjects together, and nothing twice", () => {
  const states: StepProgress[] = [
    { isDone: false, usd: 0.5, isEstimate: false, open: 0 },
    { isDone: false, usd: 0.25, isEstimate: true, open: 2 },
    { isDone: false, usd: 0.25, isEstimate: true, open: 2 },
    { isDone: true, usd: 0.5, isEstimate: false, open: 0 },
  ];
  const workflow = workflowOf(() => states.shift() ?? { isDone: false, usd: 0, isEstimate: false, open: 0 });
  expect(toldBy(workflow, ["A", "B", "B", "A"])).toEqual([
    { type: "progress", subject: "A", done: 0, total: 2, usd: 0.5, isEstimate: false, open: 0 },
    { type: "progress", subject: "B", done: 0, total: 2, usd: 0.75, isEstimate: true, open: 2 },
    { type: "progress", subject: "A", done: 1, total: 2, usd: 0.75, isEstimate: true, open: 2 },
  ]);
});

test("a workflow that says nothing, or throws, ends nothing", () => {
  expect(toldBy(workflowOf(undefined), ["A"])).toEqual([]);
  const throwing = workflowOf(() => {
    throw new Error("no");
  });
  expect(toldBy(throwing, ["A"])).toEqual([]);
});
