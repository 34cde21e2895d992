import { z } from "zod";

/** What a million tokens of a model cost, in US dollars; what is not said of a cache costs what input does. */
export interface PriceSetting {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite?: number | undefined;
}

/** What the configuration says of agents, beside what they may do. */
export interface AgentsSetting {
  /** The one that is asked where none is named; `auto`: the first that is installed and signed in. */
  readonly use?: string | undefined;
  /** US dollars that all agents together may use: in a run, and on a day (UTC). */
  readonly budget?: { readonly run?: number | undefined; readonly day?: number | undefined } | undefined;
  /** Addresses of vendors that variables set may be private ones, and need not be https. */
  readonly privateEndpoints?: boolean | undefined;
  /** How long a call may wait for the usage limit of its vendor to be reset; where it may not, it is parked. */
  readonly waitMinutes?: number | undefined;
  /** By the name of a model; `*` at the end stands for any ending. For vendors that do not say what their work costs. */
  readonly prices?: Readonly<Record<string, PriceSetting>> | undefined;
}

const usd = z.number().nonnegative();

/** Reads the setting `agents`. */
export const Agents: z.ZodType<AgentsSetting> = z.strictObject({
  use: z.string().min(1).optional().describe("The agent that is asked where none is named: claude, codex, auto"),
  budget: z
    .strictObject({
      run: z.number().positive().optional().describe("US dollars that the agents of a run may use together"),
      day: z
        .number()
        .positive()
        .optional()
        .describe("US dollars that agents may use on a day, UTC, as the audit log has it"),
    })
    .optional()
    .describe("What all agents together may use"),
  privateEndpoints: z.boolean().optional().describe("Whether agents may talk to private addresses, and without https"),
  waitMinutes: z
    .number()
    .nonnegative()
    .optional()
    .describe("Minutes that a call may wait for a usage limit to be reset; 0 where it is not said"),
  prices: z
    .record(
      z.string().min(1),
      z.strictObject({ input: usd, output: usd, cacheRead: usd.optional(), cacheWrite: usd.optional() }),
    )
    .optional()
    .describe("US dollars for a million tokens, by the name of a model; `*` at its end stands for any ending"),
});
