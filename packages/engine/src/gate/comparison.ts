import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import type { Result } from "../core/result.ts";
import type { Context, Settled } from "../plugin/atom.ts";
import type { Change } from "../plugin/change.ts";
import type { OwnedGate } from "../graph/atom-index.ts";
import type { Task } from "../graph/task.ts";

/** What gates about a change compare with. */
export interface GateComparison {
  readonly change: Change;
  /** How the tasks of these atoms ended at the base, in a project; absent where nothing can be run there, as with `--staged`. */
  readonly before?: (project: string, atoms: readonly string[]) => readonly Settled[];
  /**
   * Present where the base judges: what a gate's plugin knew of the project there. Undefined where there was no such
   * project, or the plugin had nothing to do with it. An error where it cannot be read: then the gate holds.
   */
  readonly contextAtBase?: (
    gate: OwnedGate,
    project: string,
  ) => Result<Context<unknown, JsonValue>, Diagnostic> | undefined;
  /** Present where the base judges: which settings of a task's tool the change alters, in words. Then no gate over it passes. */
  readonly altered?: (task: Task) => readonly string[];
}

/** Why what tasks found is not judged by the base; undefined where their tools ran with its settings. */
export function whyAltered(tasks: readonly Task[], comparison: GateComparison | undefined): string | undefined {
  const all = [...new Set(tasks.flatMap((task) => comparison?.altered?.(task) ?? []))];
  return all.length === 0 ? undefined : `it ran with settings that the change alters: ${all.join(", ")}`;
}
