import type { AgentResult } from "./drive.ts";
import { plus } from "./usage.ts";

/** What two calls of one session gave together: the end of the later one, and all that both used. */
export function joinResults(before: AgentResult | undefined, { cost, ...after }: AgentResult): AgentResult {
  if (before === undefined) return { ...after, ...(cost === undefined ? {} : { cost }) };
  const isEstimate = before.cost?.estimate === true || cost?.estimate === true;
  return {
    ...after,
    usage: plus(before.usage, after.usage),
    turns: before.turns + after.turns,
    starts: before.starts + after.starts,
    denied: [...before.denied, ...after.denied],
    durationMs: before.durationMs + after.durationMs,
    // Where the cost of a part is not known, neither is that of all.
    ...(before.cost === undefined || cost === undefined
      ? {}
      : { cost: { usd: before.cost.usd + cost.usd, ...(isEstimate ? { estimate: true as const } : {}) } }),
  };
}
