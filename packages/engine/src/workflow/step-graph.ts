import type { Diagnostic } from "../core/diagnostic.ts";
import type { PlannedTask } from "../core/event.ts";
import type { Result } from "../core/result.ts";
import { createTaskGraph } from "../graph/task-graph.ts";
import type { Node, TaskGraph } from "../graph/task.ts";
import type { Step, Workflow } from "../plugin/workflow.ts";

/** A step as a node of a graph. */
export interface StepNode extends Node {
  readonly step: Step;
}

/** The graph of a workflow's steps; refuses cycles. Pure. */
export function stepGraph({ steps }: Workflow): Result<TaskGraph<StepNode>, readonly Diagnostic[]> {
  return createTaskGraph(steps.map((step) => ({ id: step.id, dependsOn: step.after, step })));
}

/** The steps as the plan of a run tells them, in their order. */
export function plannedSteps(graph: TaskGraph<StepNode>): readonly PlannedTask[] {
  return graph.order.map(({ id, step, dependsOn }) => ({
    ...{ id, project: step.subject, atom: id.slice(id.lastIndexOf(":") + 1), title: step.title },
    ...{ level: graph.level(id), dependsOn },
  }));
}
