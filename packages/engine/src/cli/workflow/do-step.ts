import type { Step, StepEnd, StepWork } from "../../plugin/workflow.ts";
import type { ToldStep } from "../../workflow/run-steps.ts";
import { forgetAccepted } from "./accepted.ts";
import { askInTree, brokenBy } from "./ask-in-tree.ts";
import { changedSince } from "./changed-since.ts";
import { publish } from "./publish.ts";
import { runCommands } from "./run-commands.ts";
import { runTargets } from "./run-targets.ts";
import type { StepTools } from "./step-tools.ts";
import { writeFiles } from "./write-files.ts";

/** Enough to see whether there is any work, and of whom. */
const MOST_TOLD = 200;

/** Does what a step is for, and gives its end. */
export async function doStep({
  step,
  work,
  told,
  tools,
}: {
  readonly step: Step;
  readonly work: StepWork;
  readonly told: ToldStep;
  readonly tools: StepTools;
}): Promise<StepEnd> {
  switch (work.kind) {
    case "open-tree": {
      const tree = await tools.trees.use(work.tree, told.before);
      if (!tree.ok) return brokenBy(tree.error);
      forgetAccepted(work.tree, tools);
      const { root: path, branch, base, head } = tree.value;
      const there = changedSince(tree.value);
      if (!there.ok) return brokenBy([there.error]);
      const changed = there.value.slice(0, MOST_TOLD).map((each) => each.path);
      return { status: "ok", summary: branch, data: { path, branch, base, head, changed } };
    }
    case "ask":
      return askInTree(step, work, tools, told);
    case "commands":
      return runCommands(step, work, tools, told);
    case "targets":
      return runTargets(step, work, tools, told);
    case "write":
      return writeFiles(work, tools, told);
    case "publish":
      return publish(work, tools, told);
    case "close-tree": {
      const end = await tools.trees.close(work.tree, work.keep);
      if (end.status === "ok" && !work.keep) forgetAccepted(work.tree, tools);
      return end;
    }
    case "tell": {
      const { status, summary, reason, data } = work;
      return { status, summary, ...(reason === undefined ? {} : { reason }), data };
    }
  }
}
