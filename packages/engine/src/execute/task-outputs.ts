import type { Diagnostic } from "../core/diagnostic.ts";
import { isInside } from "../core/path.ts";
import type { Cache } from "../cache/cache.ts";
import { missingOutput } from "../cache/problems.ts";
import type { RecordOutput } from "../cache/record.ts";
import { ownedPaths, scratchPaths } from "../graph/ownership.ts";
import type { Task } from "../graph/task.ts";

/** What a task made, as far as it is kept, and what is to be said of it. */
export interface TaskOutputs {
  /** Absent where they cannot be kept: then the result is not kept either. */
  readonly outputs?: readonly RecordOutput[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Takes the outputs of a task that ended well into the cache. */
export function captureTask(task: Task, root: string, cache: Cache): TaskOutputs {
  if (task.atom.kind !== "build") return { outputs: [], diagnostics: [] };
  const captured = cache.capture({
    root,
    task: task.id,
    owned: ownedPaths(task),
    scratch: scratchPaths(task),
    isVolatile: () => false,
  });
  return captured.ok
    ? { outputs: captured.value, diagnostics: missingOutputs(task, captured.value) }
    : { diagnostics: [captured.error] };
}

/** A warning for each path that a task owns and that none of its outputs is at or below. */
export function missingOutputs(task: Task, outputs: readonly RecordOutput[]): Diagnostic[] {
  return ownedPaths(task).flatMap((owned) =>
    outputs.some(({ path }) => isInside(owned, path)) ? [] : [missingOutput(owned)],
  );
}
