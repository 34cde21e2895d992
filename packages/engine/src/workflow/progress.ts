import type { Emit } from "../core/event.ts";
import { guarded } from "../plugin/guarded.ts";
import type { Before, Step, StepProgress, Workflow } from "../plugin/workflow.ts";

/** Tells how far a workflow has come, after each step that changed it. */
export function progressTeller(workflow: Workflow, emit: Emit): (step: Step, before: Before) => void {
  const subjects = new Map<string, StepProgress | undefined>(
    workflow.steps.map(({ subject }) => [subject, undefined] as const),
  );
  return ({ subject }, before) => {
    const progress = guarded(`${workflow.name}: progress`, () => workflow.progress?.(subject, before));
    if (!progress.ok || progress.value === undefined || isSame(progress.value, subjects.get(subject))) return;
    subjects.set(subject, progress.value);
    const known = [...subjects.values()].filter((each) => each !== undefined);
    emit({
      ...{ type: "progress", subject, total: subjects.size, done: known.filter(({ isDone }) => isDone).length },
      usd: known.reduce((sum, { usd }) => sum + usd, 0),
      isEstimate: known.some(({ isEstimate }) => isEstimate),
      open: known.reduce((sum, { open }) => sum + open, 0),
    });
  };
}

function isSame(a: StepProgress, b: StepProgress | undefined): boolean {
  return a.isDone === b?.isDone && a.usd === b.usd && a.open === b.open;
}
