import type { AgentBudget } from "../plugin/agent.ts";
import type { AgentResult } from "./drive.ts";
import { tokensOf } from "./usage.ts";

/** What is left of a budget for a further call; undefined where something is used up. */
export function leftOfBudget(budget: AgentBudget, used: AgentResult): AgentBudget | undefined {
  const left = {
    milliseconds: Math.floor(budget.milliseconds - used.durationMs),
    ...(budget.usd === undefined ? {} : { usd: budget.usd - (used.cost?.usd ?? 0) }),
    ...(budget.turns === undefined ? {} : { turns: budget.turns - used.turns }),
    ...(budget.tokens === undefined ? {} : { tokens: budget.tokens - tokensOf(used.usage) }),
  };
  return Object.values(left).every((each) => each > 0) ? left : undefined;
}
