import type { Diagnostic } from "../core/diagnostic.ts";
import type { Base, Bases } from "./open-bases.ts";

/** How a run comes to its base, and who judges. */
export interface Judging {
  readonly bases: Bases;
  /** Present where the base judges; absent where the work tree itself does. `held`: why it cannot be opened. */
  readonly by?: { readonly base: Base } | { readonly held: readonly Diagnostic[] };
}
