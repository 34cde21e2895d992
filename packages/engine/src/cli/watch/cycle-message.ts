import { z } from "zod";
import type { RepoPath } from "../../core/path.ts";

/** What `watch` says to a run that it has started: what changed (`null`: everything counts), or by what signal to stop. */
export type ToCycle = { readonly changed: readonly RepoPath[] | null } | { readonly stop: "SIGINT" | "SIGTERM" };

/** What such a run says of its tasks: paths from the root. */
export interface FromCycle {
  /** Whether these are all tasks that were asked for, or those that a change reaches. */
  readonly isWhole: boolean;
  /** What they make or keep. */
  readonly owned: readonly RepoPath[];
  /** Inputs that are named literally: they count although git ignores them. */
  readonly literal: readonly RepoPath[];
}

/** Reads what arrives at a run. */
export const ToCycle: z.ZodType<ToCycle> = z.union([
  z.strictObject({ changed: z.array(z.string()).nullable() }),
  z.strictObject({ stop: z.enum(["SIGINT", "SIGTERM"]) }),
]);

/** Reads what arrives at `watch`. */
export const FromCycle: z.ZodType<FromCycle> = z.strictObject({
  isWhole: z.boolean(),
  owned: z.array(z.string()),
  literal: z.array(z.string()),
});
