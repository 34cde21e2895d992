import type { Resumable } from "../../journal/resumable.ts";
import type { WorkflowOptions } from "../../plugin/command.ts";
import type { Workflow } from "../../plugin/workflow.ts";

/** How a workflow is run. */
export interface WorkflowRun extends Pick<WorkflowOptions, "parallel" | "skipInstalls" | "installs"> {
  readonly workflow: Workflow;
  /** The command that it is run by: `issues`. */
  readonly command: string;
  readonly resume?: Resumable;
}
