import type { JsonValue } from "../core/json.ts";
import type { Task } from "../graph/task.ts";
import { digestJson } from "./digest.ts";
import type { Digest, FingerprintRecord } from "./record.ts";

/**
 * What all parts of a task stand on beside what their own records tell: the task's fingerprint without input files, without what
 * the tasks before it produced, and without facts, which say what the command shows, or what `parse` makes of it today.
 */
export interface PartBase
  extends Pick<
    FingerprintRecord,
    "atom" | "plugin" | "redaction" | "options" | "command" | "variables" | "tool" | "resolved" | "platform"
  > {
  /** The version of this format; raising it makes every part unknown. */
  readonly part: 1;
  readonly params: JsonValue;
  readonly project: { readonly name: string; readonly root: string };
}

/** The part's share of a task's fingerprint. */
export function partBase(record: FingerprintRecord, { context, project: { name, root } }: Task): PartBase {
  const { atom, plugin, redaction, options, command, variables, tool, resolved, platform } = record;
  return {
    ...{ part: 1, atom, plugin, redaction, options, variables, tool },
    ...(command === undefined ? {} : { command }),
    ...(resolved === undefined ? {} : { resolved }),
    ...(platform === undefined ? {} : { platform }),
    params: context.params ?? null,
    project: { name, root },
  };
}

/** Gives the key of each part by its name. It is never the key of a task. */
export function partKeys(base: PartBase): (name: string) => Digest {
  const digest = digestJson(base);
  return (name) => digestJson(["part", digest, name]);
}
