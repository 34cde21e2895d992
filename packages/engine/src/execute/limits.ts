import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Task } from "../graph/task.ts";
import { guarded } from "../plugin/guarded.ts";
import { perProject } from "../plugin/per-project.ts";

/** How long a task may run, and how often it may be tried. */
export interface Limits {
  readonly timeoutMs: number;
  /** At least 1. */
  readonly attempts: number;
}

/** A timer takes no more than 31 bits of milliseconds; with a greater number it fires at once. */
const MOST_MS = 2 ** 31 - 1 - 60_000;

/** The limits of a task: its atom's, else the run's. An error for what is no number: plugins need not be written in TypeScript. */
export function limitsOf(
  { id, atom, context }: Pick<Task, "id" | "atom" | "context">,
  runTimeoutMs: number,
): Result<Limits, Diagnostic> {
  const asked = guarded(`${id}: timeoutMs or retries`, () => ({
    timeoutMs: perProject(atom.timeoutMs, context) ?? runTimeoutMs,
    retries: perProject(atom.retries ?? 0, context),
  }));
  if (!asked.ok) return asked;
  const { timeoutMs, retries } = asked.value;
  if (!(Number.isFinite(timeoutMs) && timeoutMs > 0))
    return fail(notCounted(id, "timeoutMs", "a number of milliseconds above 0"));
  if (!Number.isInteger(retries) || retries < 0) return fail(notCounted(id, "retries", "a whole number from 0"));
  // What touches the world is never done twice by itself.
  return ok({ timeoutMs: Math.min(timeoutMs, MOST_MS), attempts: atom.kind === "effect" ? 1 : 1 + retries });
}

function notCounted(id: TaskId, member: string, wanted: string): Diagnostic {
  return errorOf("SYM4019", `${id}: \`${member}\` of its atom is not ${wanted}`, {
    hint: "correct it in the plugin or the configuration, or leave it out",
  });
}
