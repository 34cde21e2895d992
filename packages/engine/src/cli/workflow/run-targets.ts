import { taskFolder } from "../../core/task-id.ts";
import type { Checked } from "../../edit/checked.ts";
import type { RunTargets, Step, StepEnd, StepFound } from "../../plugin/workflow.ts";
import type { ToldStep } from "../../workflow/run-steps.ts";
import { runChecksOf } from "../agent/run-checks.ts";
import { brokenBy } from "./ask-in-tree.ts";
import { changedSince } from "./changed-since.ts";
import type { StepTools } from "./step-tools.ts";
import { inCopyOf } from "./tree-checks.ts";

/** Runs targets on what a branch changed since it began. */
export async function runTargets(step: Step, work: RunTargets, tools: StepTools, told: ToldStep): Promise<StepEnd> {
  const used = await tools.trees.use(work.tree, told.before);
  if (!used.ok) return brokenBy(used.error);
  const tree = used.value;
  const changed = changedSince(tree);
  if (!changed.ok) return brokenBy([changed.error]);
  const { parsed, context } = tools;
  // What is known of findings is what the user has committed: the branch could add to it.
  const opened = { ...tree.opened, texts: tools.opened.texts };
  const run = runChecksOf({ names: work.names, parsed, context, opened });
  const checked = await inCopyOf(tree, tools, {
    id: taskFolder(step.id),
    run: (copy) => run({ ...copy, changed: changed.value }),
  });
  if (!checked.ok) return brokenBy(checked.error);
  const { passed, problems, tasks } = checked.value;
  const count = `${String(tasks)} ${tasks === 1 ? "task" : "tasks"}`;
  return {
    status: passed ? "ok" : "failed",
    summary: passed ? `${count}, all well` : `${count}, ${String(problems.length)} problems`,
    data: { problems: [...problems], run: checked.value.run, head: tree.head },
    found: foundBy(checked.value, work),
  };
}

/** More than that is kept in the journal of no run: the run of the checks has all of it. */
const MOST = 1000;

/** What is in the baseline is none of the branch's. */
function foundBy({ findings = [] }: Checked, { toMend = [] }: RunTargets): StepFound {
  const found = findings.filter(({ known }) => known !== true);
  const again = new Set(found.map(({ fingerprint }) => fingerprint));
  return { findings: found.slice(0, MOST), mended: toMend.filter((fingerprint) => !again.has(fingerprint)) };
}
