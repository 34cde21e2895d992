import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Task } from "../graph/task.ts";
import { guarded } from "../plugin/guarded.ts";
import { perProject } from "../plugin/per-project.ts";

/** What a task takes while it runs. */
export interface Needs {
  /** Slots, at least one. */
  readonly cpu: number;
  /** MiB. */
  readonly memoryMb: number;
  /** Sorted, each once. */
  readonly mutex: readonly string[];
}

/** How much of each there is for all tasks together. */
export type Capacity = Omit<Needs, "mutex">;

/** What a task takes that says nothing. */
export const ONE_SLOT: Needs = { cpu: 1, memoryMb: 0, mutex: [] };

/** What each task of kind `edit` holds: two that change sources at once could undo each other's work. */
const TREE = "tree";

/** What a task's atom says that it takes. An error for what cannot be counted: plugins need not be written in TypeScript. */
export function needsOf({ id, atom, context }: Pick<Task, "id" | "atom" | "context">): Result<Needs, Diagnostic> {
  const { resources } = atom;
  if (resources === undefined) return ok(atom.kind === "edit" ? { ...ONE_SLOT, mutex: [TREE] } : ONE_SLOT);
  const asked = guarded(`${id}: resources`, () => perProject(resources, context));
  if (!asked.ok) return asked;
  const { cpu = 1, memoryMb = 0, mutex = [] } = asked.value;
  if (!Number.isInteger(cpu) || cpu < 1) return fail(uncountable(id, "cpu", "a whole number from 1"));
  if (!Number.isFinite(memoryMb) || memoryMb < 0) return fail(uncountable(id, "memoryMb", "a number of MiB from 0"));
  if (!isNames(mutex)) return fail(uncountable(id, "mutex", "a list of names"));
  const names = atom.kind === "edit" ? [...mutex, TREE] : mutex;
  return ok({ cpu, memoryMb, mutex: [...new Set(names)].sort(byCodeUnit) });
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === "string" && name !== "");
}

function uncountable(id: TaskId, member: string, wanted: string): Diagnostic {
  return errorOf("SYM4019", `${id}: \`resources.${member}\` of its atom is not ${wanted}`, {
    hint: "correct it in the plugin or the configuration; what is left out means one slot, no memory, no mutex",
  });
}
