import { createHash } from "node:crypto";
import { canonicalJson } from "../core/json.ts";
import type { Task } from "../graph/task.ts";
import { guarded } from "../plugin/guarded.ts";
import { limitsOf } from "./limits.ts";
import type { Miss } from "./look-up-task.ts";
import type { RunnerHost } from "./runner-host.ts";

/** With which tasks one may share a process: those with the same key, `max` at most. */
export interface SharedProcess {
  readonly key: string;
  readonly max: number;
}

/** With which tasks one may share a process; undefined where it has to be alone. */
export function batchOf(
  { id, atom, atomId, context, plugin }: Task,
  { prepared }: Miss,
  host: Pick<RunnerHost, "arguments" | "timeoutMs">,
): SharedProcess | undefined {
  if (!("command" in atom) || atom.batch === undefined || atom.kind !== "check") return undefined;
  if (atom.reads !== undefined || atom.parts !== undefined) return undefined;
  const { batch } = atom;
  const limits = limitsOf({ id, atom, context }, host.timeoutMs);
  if (!limits.ok || limits.value.attempts > 1 || host.arguments?.atom === atomId) return undefined;
  // A hook that throws here would throw for its task alone, too, where it is told.
  const key = guarded(`${id}: batch.key`, () => batch.key(prepared.context));
  if (!key.ok || key.value === undefined) return undefined;
  const shared = {
    plugin: plugin.name,
    atom: atomId,
    key: key.value,
    argv: prepared.context.tool.argv,
    programs: { ...prepared.found?.substitutions },
    variables: { ...prepared.variables.given },
    timeoutMs: limits.value.timeoutMs,
  };
  return { key: createHash("sha256").update(canonicalJson(shared)).digest("hex"), max: batch.max };
}
