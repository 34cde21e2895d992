import type { TaskId } from "../core/task-id.ts";
import { failedTaskLines, failedTasks } from "./failed-tasks.ts";
import { failedTestLines, failedTests } from "./failed-tests.ts";
import { knownFindings, newFindings } from "./distinct-findings.ts";
import { findingLines } from "./findings.ts";
import type { Look } from "./look.ts";
import { count } from "./numbers.ts";
import type { RunView } from "./run-view.ts";
import { oneLine } from "./sanitise.ts";
import type { KeptLog } from "./task-logs.ts";

/** How much is told after the list of tasks. */
export interface SectionSettings {
  readonly look: Look;
  readonly logs: ReadonlyMap<TaskId, KeptLog>;
  /** How many findings and failed tests are shown before the rest is only counted. */
  readonly limit: number;
}

/** Each may have some twenty lines of log. */
const MOST_TASKS = 20;

/** What went wrong, a block each: findings, failed tests, failed tasks. */
export function troubleSections(view: RunView, { look, logs, limit }: SectionSettings): string[][] {
  const findings = newFindings(view.findings);
  const tests = failedTests(view);
  const tasks = failedTasks(view);
  const mostTasks = Math.min(limit, MOST_TASKS);
  return [
    findingLines(findings.slice(0, limit), look),
    restLines({ total: findings.length, shown: limit, noun: "finding" }, view),
    knownLines(knownFindings(view.findings).length),
    failedTestLines(tests.slice(0, limit), view, look),
    restLines({ total: tests.length, shown: limit, noun: "failed test" }, view),
    failedTaskLines(tasks.slice(0, mostTasks), logs, look),
    restLines({ total: tasks.length, shown: mostTasks, noun: "failed task" }, view),
  ];
}

function knownLines(known: number): string[] {
  return known === 0 ? [] : [`${count(known, "further finding")} ${known === 1 ? "is" : "are"} in the baseline`];
}

/** Says how many are not shown, and where all are. */
function restLines({ total, shown, noun }: { total: number; shown: number; noun: string }, view: RunView): string[] {
  if (total <= shown) return [];
  const folder = oneLine(view.finished?.directory ?? "");
  const targets = (view.started?.targets ?? []).map(oneLine).join(" ");
  const where =
    folder === ""
      ? `\`symbiotic run ${targets} --json\` lists all`
      : `all ${String(total)} are in ${folder}/summary.json`;
  return [`and ${count(total - shown, `more ${noun}`)}: ${where}`];
}
