import type { Diagnostic } from "../core/diagnostic.ts";
import type { Base, Bases } from "./open-bases.ts";
import type { JudgedTrees } from "./judged-trees.ts";

/** How a run comes to its base, and who judges. */
export interface Judging {
  readonly bases: Bases;
  /** Present where the base judges; absent where the work tree itself does. `held`: why it cannot be opened. */
  readonly by?: JudgingBase | { readonly held: readonly Diagnostic[] };
}

/** A base that judges. */
export interface JudgingBase {
  readonly base: Base;
  /** Copies of the work tree with settings of tools as they are there. */
  readonly trees: JudgedTrees;
}
