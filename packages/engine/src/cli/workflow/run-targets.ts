import type { Diagnostic } from "../../core/diagnostic.ts";
import { errorOf } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { taskFolder } from "../../core/task-id.ts";
import type { FileChange } from "../../guard/diff/file-change.ts";
import type { RunTargets, Step, StepEnd } from "../../plugin/workflow.ts";
import type { ToldStep } from "../../workflow/run-steps.ts";
import { gitOutput } from "../../workspace/git/repository.ts";
import { records } from "../../workspace/git/records.ts";
import { runChecksOf } from "../agent/run-checks.ts";
import { brokenBy } from "./ask-in-tree.ts";
import type { StepTools } from "./step-tools.ts";
import { inCopyOf } from "./tree-checks.ts";
import type { UsedTree } from "./trees.ts";

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
    data: { problems: [...problems], run: checked.value.run },
  };
}

const KINDS: Readonly<Record<string, FileChange["kind"]>> = { A: "added", D: "deleted" };

function changedSince({ opened, base }: UsedTree): Result<readonly Pick<FileChange, "path" | "kind">[], Diagnostic> {
  const told = gitOutput(opened.repository, ["diff-tree", "-r", "-z", "--no-renames", "--name-status", base, "HEAD"]);
  if (!told.ok) return fail(errorOf("SYM7501", `what the branch changed cannot be told: ${told.error.message}`));
  const words = records(told.value);
  return ok(
    words.flatMap((word, at) => (at % 2 === 0 ? [{ kind: KINDS[word] ?? "modified", path: words[at + 1] ?? "" }] : [])),
  );
}
