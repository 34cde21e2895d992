import type { Diagnostic } from "../core/diagnostic.ts";
import type { TaskFinished } from "../core/event.ts";
import { diagnosticLines } from "./diagnostic.ts";
import type { Look } from "./look.ts";
import { manyLines } from "./sanitise.ts";
import type { TaskColumns } from "./task-line.ts";

/** Says what belongs to a task's line; the same advice, and the same reason why a task ran, only once in a run. */
export class TaskNotes {
  readonly #said = new Set<string>();

  /** Advice as one sentence, warnings and errors whole. Those of failed and broken tasks are told after the list of tasks. */
  lines({ status, diagnostics = [] }: TaskFinished, { project }: TaskColumns, look: Look): string[] {
    if (status === "failed" || status === "broken") return [];
    const indent = " ".repeat(project === 0 ? 4 : project + 5);
    return diagnostics.flatMap((diagnostic) => this.#note(diagnostic, look)).map((line) => `${indent}${line}`);
  }

  /** The same, without why it ran where that was said before or goes without saying. */
  withNews(finished: TaskFinished): TaskFinished {
    const { missed, ...rest } = finished;
    if (missed === undefined || finished.cache !== "miss" || this.#said.has(missed)) return rest;
    this.#said.add(missed);
    return finished;
  }

  #note(diagnostic: Diagnostic, look: Look): string[] {
    if (diagnostic.severity !== "info") return diagnosticLines(diagnostic, look);
    const advice = diagnostic.hint ?? diagnostic.message;
    if (this.#said.has(advice)) return [];
    this.#said.add(advice);
    return manyLines(advice);
  }
}
