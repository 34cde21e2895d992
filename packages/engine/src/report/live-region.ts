import { type Envelope, unreachable } from "../core/event.ts";
import type { TaskId } from "../core/task-id.ts";
import { formatDuration } from "./numbers.ts";
import { progressParts } from "./progress-line.ts";
import type { RunView, TaskView } from "./run-view.ts";
import type { Style } from "./style.ts";
import { type TaskColumns, taskColumns, taskName } from "./task-line.ts";
import { displayWidth, padEnd, padStart, truncate } from "./width.ts";

/** How large a terminal is. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const MOST_LINES = 8;
const TIME = 7;

/** What runs just now: the lines at the bottom of a terminal. */
export class LiveRegion {
  readonly #style: Style;
  readonly #now: () => number;
  readonly #running = new Map<TaskId, number>();
  #since: number;
  #done = 0;
  #isOn = false;

  constructor(style: Style, now: () => number) {
    this.#style = style;
    this.#now = now;
    this.#since = now();
  }

  /** Whether there is something to show: from the first start of a task to the end of the run. */
  get isOn(): boolean {
    return this.#isOn;
  }

  apply({ event, task = "" }: Envelope): void {
    switch (event.type) {
      case "run-started":
        this.#since = this.#now();
        return;
      case "task-started":
        this.#running.set(task, this.#now());
        this.#isOn = true;
        return;
      case "task-finished":
        this.#running.delete(task);
        this.#done += 1;
        return;
      case "run-finished":
        this.#isOn = false;
        return;
      case "project-affected":
      case "plan-ready":
      case "task-output":
      case "task-retried":
      case "finding":
      case "test":
      case "measured":
      case "progress":
      case "gate-decided":
      case "diagnostic":
        return;
      default:
        unreachable(event);
    }
  }

  /** The lines, each narrower and all together lower than the terminal. Those that run longest are first. */
  lines(view: RunView, { columns, rows }: Size): string[] {
    const width = columns - 1;
    const room = Math.max(0, Math.min(MOST_LINES, rows - 2));
    const shown = [...this.#running].slice(0, room);
    const names = taskColumns(view, width, true);
    const lines = shown.map(([task, since]) => this.#taskLine(view.task(task), since, names, width));
    return [...lines, this.#counterLine(view, width)];
  }

  #taskLine(task: TaskView, since: number, names: TaskColumns, width: number): string {
    const time = padStart(formatDuration(this.#now() - since), TIME);
    const room = width - TIME - 4;
    if (room < 1) return truncate(time.trim(), width);
    const wanted = names.title + (names.project === 0 ? 0 : names.project + 3);
    const name = truncate(taskName(task, names).trimEnd(), room);
    return `  ${padEnd(name, Math.min(room, wanted))}  ${this.#style.dim(time)}`;
  }

  #counterLine(view: RunView, width: number): string {
    const total = view.plan?.tasks.length ?? this.#done + this.#running.size;
    const running = `${String(this.#running.size)} running`;
    const parts = [`  ${String(this.#done)}/${String(total)}`, running, formatDuration(this.#now() - this.#since)];
    const text = [...parts, ...(view.progress === undefined ? [] : progressParts(view.progress))].join(" · ");
    const narrow = `${String(this.#done)}/${String(total)}`;
    return this.#style.dim(displayWidth(text) <= width ? text : truncate(narrow, width));
  }
}
