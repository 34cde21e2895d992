import type { TaskId } from "../core/task-id.ts";
import { logLine } from "./sanitise.ts";
import type { Style } from "./style.ts";

/** The lines of a task's log that were kept. */
export interface KeptLog {
  readonly lines: readonly string[];
  /** How many came before them. */
  readonly dropped: number;
}

/** What is kept of the logs. */
export interface LogSettings {
  /** How many lines a task, the last ones. */
  readonly keep: number;
  readonly colour: boolean;
}

const NOTHING: KeptLog = { lines: [], dropped: 0 };

/** Keeps the last lines of each task's log, made safe to print, until they are taken. */
export class TaskLogs {
  readonly #settings: LogSettings;
  readonly #logs = new Map<TaskId, { lines: string[]; dropped: number }>();

  constructor(settings: LogSettings) {
    this.#settings = settings;
  }

  add(task: TaskId, line: string): void {
    if (this.#settings.keep === 0) return;
    const log = this.#logs.get(task) ?? { lines: [], dropped: 0 };
    log.lines.push(line);
    // Cut in batches: a shift for each line would be slow.
    if (log.lines.length >= this.#settings.keep * 2) cut(log, this.#settings.keep);
    this.#logs.set(task, log);
  }

  /** The task's log, which is forgotten thereby. */
  take(task: TaskId): KeptLog {
    const log = this.#logs.get(task);
    if (log === undefined) return NOTHING;
    this.#logs.delete(task);
    cut(log, this.#settings.keep);
    return { lines: log.lines.map((line) => logLine(line, this.#settings.colour)), dropped: log.dropped };
  }
}

/** Lines of a log with a bar before each, so that they are not taken for the report's own. */
export function barredLines({ lines, dropped }: KeptLog, style: Style): string[] {
  const bar = style.dim("|");
  const before = dropped > 0 && lines.length > 0 ? [`   ${bar} ${style.dim("…")}`] : [];
  return [...before, ...lines.map((line) => `   ${bar} ${line}`.trimEnd())];
}

function cut(log: { lines: string[]; dropped: number }, keep: number): void {
  const over = log.lines.length - keep;
  if (over <= 0) return;
  log.lines.splice(0, over);
  log.dropped += over;
}
