import { byCodeUnit } from "../core/json.ts";
import { ranFor, type TimelineTask } from "./timeline.ts";

/** The tasks of one project or one atom together. Times are milliseconds. */
export interface Total {
  readonly name: string;
  readonly tasks: number;
  readonly run: number;
  readonly cached: number;
  readonly ranMs: number;
  readonly savedMs: number;
}

/** Sums by name, those that took longest first. */
export function totalsBy(tasks: readonly TimelineTask[], nameOf: (task: TimelineTask) => string): readonly Total[] {
  const totals = new Map<string, Total>();
  for (const task of tasks) {
    const name = nameOf(task);
    const known = totals.get(name) ?? { name, tasks: 0, run: 0, cached: 0, ranMs: 0, savedMs: 0 };
    totals.set(name, {
      name,
      tasks: known.tasks + 1,
      run: known.run + Number(task.ran !== undefined),
      cached: known.cached + Number(task.finished?.cache === "hit"),
      ranMs: known.ranMs + ranFor(task),
      savedMs: known.savedMs + (task.finished?.savedMs ?? 0),
    });
  }
  return [...totals.values()].sort((a, b) => b.ranMs - a.ranMs || b.savedMs - a.savedMs || byCodeUnit(a.name, b.name));
}

/** Orders tasks, the slowest first. */
export function byTime(a: TimelineTask, b: TimelineTask): number {
  return ranFor(b) - ranFor(a) || byCodeUnit(a.id, b.id);
}
