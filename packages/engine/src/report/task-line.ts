import { type TaskFinished, unreachable } from "../core/event.ts";
import { formatDuration } from "./numbers.ts";
import type { RunView, TaskView } from "./run-view.ts";
import { oneLine } from "./sanitise.ts";
import type { Style } from "./style.ts";
import { displayWidth, padEnd, padStart, truncate } from "./width.ts";

/** How wide the columns of the task lines are; `project` is 0 where all tasks are of the only project. */
export interface TaskColumns {
  readonly project: number;
  readonly title: number;
  /** Whether a name wider than its column is cut; otherwise it pushes its line. */
  readonly cut: boolean;
}

/** The share of the line that names may take before they push or are cut, and the room of the time. */
const [PROJECT_SHARE, TITLE_SHARE] = [0.24, 0.4];
const TIME = 7;

/** The columns that fit all planned tasks, within a share of the line's width. */
export function taskColumns(view: RunView, width: number, cut: boolean): TaskColumns {
  const tasks = [...view.tasks.values()];
  const projects = new Set(tasks.map((task) => task.project));
  const several = projects.size > 1 || (view.started?.projects ?? 1) > 1;
  const project = several ? widest([...projects], width * PROJECT_SHARE) : 0;
  const titles = tasks.map((task) => task.title);
  return { project, title: widest(titles, width * TITLE_SHARE), cut };
}

/** Project and title, padded to the columns. */
export function taskName(task: TaskView, { project, title, cut }: TaskColumns): string {
  const name = cell(task.title, title, cut);
  return project === 0 ? name : `${cell(task.project, project, cut)}   ${name}`;
}

function cell(text: string, width: number, cut: boolean): string {
  const safe = oneLine(text);
  return padEnd(cut ? truncate(safe, Math.max(width, 4)) : safe, width);
}

/** One task, one line: project, title, time, how it ended. */
export function taskLine(task: TaskView, finished: TaskFinished, columns: TaskColumns, style: Style): string {
  const missed = oneLine(finished.missed ?? "");
  const why = missed === "" || finished.status === "skipped" ? "" : style.dim(`   (${missed})`);
  const time = padStart(timeText(finished), TIME);
  return `  ${taskName(task, columns)}  ${style.dim(time)}   ${outcome(finished, style)}${why}`.trimEnd();
}

/** How a task ended, in a few words. */
function outcome(finished: TaskFinished, style: Style): string {
  const [summary, reason] = [oneLine(finished.summary), oneLine(finished.reason ?? "")];
  const parts = partsText(finished);
  switch (finished.status) {
    case "ok":
      return `${summary || "ok"}${parts}${savedText(finished, style)}${flakyText(finished, style)}`;
    case "failed":
      return style.red(`${marked("failed", summary || reason)}${parts}${triedText(finished)}`);
    case "broken":
      return style.red(`${marked("broken", reason || summary)}${triedText(finished)}`);
    case "skipped":
      return style.yellow(reason || summary);
    default:
      return unreachable(finished.status);
  }
}

/** A part that a record stood for was not run. */
function partsText({ served: parts }: TaskFinished): string {
  if (parts === undefined || parts.served === 0) return "";
  const { served, ran, what } = parts;
  return ` · ${String(served)} of ${String(served + ran)} ${oneLine(what)} from records`;
}

function savedText({ cache, savedMs }: TaskFinished, style: Style): string {
  return cache === "hit" && savedMs > 0 ? style.dim(` (${formatDuration(savedMs)} saved)`) : "";
}

function flakyText({ flaky, attempts }: TaskFinished, style: Style): string {
  if (flaky !== true) return "";
  return style.yellow(attempts === undefined ? ", flaky" : `, flaky: passed on attempt ${String(attempts)}`);
}

function triedText({ attempts }: TaskFinished): string {
  return attempts === undefined ? "" : ` (${String(attempts)} attempts)`;
}

function timeText({ status, cache, durationMs, resumed }: TaskFinished): string {
  if (status === "skipped") return "skipped";
  if (resumed === true) return "resumed";
  return cache === "hit" ? "cached" : formatDuration(durationMs);
}

/** The word is there even where the tool's own summary does not say it, so that it can be searched for. */
function marked(word: string, text: string): string {
  if (text === "") return word;
  return text.toLowerCase().includes(word) ? text : `${word}: ${text}`;
}

function widest(texts: readonly string[], most: number): number {
  const limit = Math.floor(most);
  return texts.reduce((width, text) => Math.max(width, Math.min(limit, displayWidth(oneLine(text)))), 0);
}
