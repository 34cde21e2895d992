import { z } from "zod";
import type { RepoPath } from "../../core/path.ts";

/** What `watch` says to a run that it has started: what changed (`null`: everything counts), or by what signal to stop. */
export type ToCycle = { readonly changed: readonly RepoPath[] | null } | { readonly stop: "SIGINT" | "SIGTERM" };

/** What such a run says of all tasks that `watch` was asked for: paths from the root. */
export interface FromCycle {
  /** What they make or keep. */
  readonly owned: readonly RepoPath[];
  /** What counts although git may ignore it: inputs that are named literally, and what the configuration is made of. */
  readonly literal: readonly RepoPath[];
  /** The files that are there for it. */
  readonly seen: readonly RepoPath[];
}

/** Reads what arrives at a run. */
export const ToCycle: z.ZodType<ToCycle> = z.union([
  z.strictObject({ changed: z.array(z.string()).nullable() }),
  z.strictObject({ stop: z.enum(["SIGINT", "SIGTERM"]) }),
]);

/** Reads what arrives at `watch`. */
export const FromCycle: z.ZodType<FromCycle> = z.strictObject({
  owned: z.array(z.string()),
  literal: z.array(z.string()),
  seen: z.array(z.string()),
});
