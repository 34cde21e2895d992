import type { JsonValue } from "@symbiotic-build/engine";
import type { ScriptClass } from "./classify.ts";

/** What makes an atom this one: the script, what its name says of it, and what comes before it where nobody says. */
export interface ScriptParams {
  readonly script: string;
  readonly class: ScriptClass;
  readonly dependsOn: readonly string[];
  /** Globs over the whole repository that the configuration names for every atom. */
  readonly global: readonly string[];
}

/** Reads them back from a context. */
export function paramsOf(params: JsonValue | undefined): ScriptParams {
  return params as unknown as ScriptParams;
}
