import type { TaskFinished } from "../core/event.ts";
import { byCodeUnit } from "../core/json.ts";
import type { TaskId } from "../core/task-id.ts";
import { diagnosticLines } from "./diagnostic.ts";
import type { Look } from "./look.ts";
import { isFailedTest, type RunView, type TaskView } from "./run-view.ts";
import { oneLine } from "./sanitise.ts";
import { barredLines, type KeptLog } from "./task-logs.ts";

/** A task that has to be told of after the list of tasks. */
export interface FailedTask {
  readonly task: TaskView;
  readonly finished: TaskFinished;
}

/** The broken tasks, and the failed ones of which no finding and no test tells why; by id. */
export function failedTasks(view: RunView): FailedTask[] {
  const told = new Set(
    [...view.findings, ...view.tests.filter(({ test }) => isFailedTest(test))].map(({ task }) => task),
  );
  const all = [...view.tasks.values()].flatMap((task) =>
    task.finished === undefined ? [] : [{ task, finished: task.finished }],
  );
  const failed = all.filter(({ task, finished }) => {
    if (finished.status === "broken") return true;
    return finished.status === "failed" && (!told.has(task.id) || (finished.diagnostics?.length ?? 0) > 0);
  });
  return failed.sort((a, b) => byCodeUnit(a.task.id, b.task.id));
}

/** Each with its reason, the last lines of its log, and where the log lies. */
export function failedTaskLines(
  tasks: readonly FailedTask[],
  logs: ReadonlyMap<TaskId, KeptLog>,
  look: Look,
): string[] {
  return tasks.flatMap((failed, index) => [
    ...(index > 0 ? [""] : []),
    ...oneTask(failed, logs.get(failed.task.id), look),
  ]);
}

function oneTask({ task, finished }: FailedTask, log: KeptLog | undefined, look: Look): string[] {
  const { style } = look;
  const why = oneLine(finished.reason ?? finished.summary);
  const head = `${style.bold(oneLine(task.id))}  ${style.red([finished.status, why].filter((part) => part !== "").join(": "))}`;
  const diagnostics = (finished.diagnostics ?? []).flatMap((diagnostic) => diagnosticLines(diagnostic, look));
  return [
    head,
    ...diagnostics.map((line) => `   ${line}`),
    ...(log === undefined ? [] : barredLines(log, style)),
    ...(finished.log === undefined ? [] : [`   ${style.dim("log:")} ${oneLine(finished.log)}`]),
  ];
}
