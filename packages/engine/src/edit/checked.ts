import type { Diagnostic } from "../core/diagnostic.ts";
import type { FindingReported } from "../core/event.ts";
import type { Result } from "../core/result.ts";
import type { Hold } from "../fingerprint/tool/hold.ts";
import type { Variables } from "../fingerprint/variables.ts";
import type { Roots } from "../staged/node-modules.ts";
import type { FileChange } from "../guard/diff/file-change.ts";

/** A tree that is the user's with a change in it, and how its code may be run. */
export interface ChangedTree {
  readonly roots: Roots;
  /** What is different in it. */
  readonly changed: readonly Pick<FileChange, "path" | "kind">[];
  /** The variables of whatever runs there. */
  readonly environment: Variables;
  /** Absent where the user wants it without. */
  readonly hold?: Hold;
}

/** What the checks say of a change. */
export interface Checked {
  readonly passed: boolean;
  /** What is wrong, a line each, redacted; for people and for the agent. */
  readonly problems: readonly string[];
  /** What they found, as their run told it; left out where nothing was looked for. */
  readonly findings?: readonly FindingReported[];
  readonly tasks: number;
  readonly durationMs: number;
  /** The id of the run. */
  readonly run: string;
}

/** Runs checks in a tree. */
export type RunChecks = (tree: ChangedTree) => Promise<Result<Checked, readonly Diagnostic[]>>;
