import type { JsonValue } from "../core/json.ts";
import type { Context, Settled } from "../plugin/atom.ts";
import type { Change } from "../plugin/change.ts";
import type { GateSetting } from "../config/schema.ts";
import type { OwnedGate } from "../graph/atom-index.ts";

/** What gates about a change compare with. */
export interface GateComparison {
  readonly change: Change;
  /** How the tasks of these atoms ended at the base, in a project. */
  before(project: string, atoms: readonly string[]): readonly Settled[];
  /** Present where the base decides by what is judged: what it says of a gate, and what its plugin knew of the project. */
  readonly rules?: (gate: OwnedGate, project: string) => GateRules;
}

/** By what a gate judges a project. */
export interface GateRules {
  readonly setting: GateSetting;
  /** Absent where there was no such project, or the plugin had nothing to do with it. */
  readonly context?: Context<unknown, JsonValue>;
}
