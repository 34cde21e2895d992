import { z } from "zod";
import type { LoopStatus } from "./issue-status.ts";

/** What `symbiotic issues status --json` gives. */
export const loopStatusSchema: z.ZodType<LoopStatus> = z.strictObject({
  v: z.literal(1),
  run: z.string(),
  state: z.enum(["running", "over", "stopped"]),
  startedAt: z.string(),
  resumedBy: z.string().nullable(),
  isWhole: z.boolean(),
  done: z.int().min(0),
  ...{ usd: z.number().min(0), isEstimate: z.boolean(), open: z.int().min(0) },
  issues: z
    .array(
      z.strictObject({
        ...{ id: z.string(), state: z.string(), step: z.string().nullable(), why: z.string().nullable() },
        ...{ fixes: z.int().min(0), open: z.int().min(0), usd: z.number().min(0), isEstimate: z.boolean() },
        ...{ turns: z.int().min(0), durationMs: z.number().min(0) },
      }),
    )
    .readonly(),
});
