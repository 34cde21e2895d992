import type { AgentUsage } from "../plugin/agent.ts";

/** Nothing used. */
export const NO_USAGE: AgentUsage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0 };

/** Both together. */
export function plus(a: AgentUsage, b: AgentUsage): AgentUsage {
  return combine(a, b, (x, y) => x + y);
}

/** What `a` has more than `b`; nothing is less than none. */
export function minus(a: AgentUsage, b: AgentUsage): AgentUsage {
  return combine(a, b, (x, y) => Math.max(0, x - y));
}

/** Tokens of all kinds. */
export function tokensOf({ input, cacheRead, cacheWrite, output }: AgentUsage): number {
  return input + cacheRead + cacheWrite + output;
}

function combine(a: AgentUsage, b: AgentUsage, by: (x: number, y: number) => number): AgentUsage {
  return {
    input: by(a.input, b.input),
    cacheRead: by(a.cacheRead, b.cacheRead),
    cacheWrite: by(a.cacheWrite, b.cacheWrite),
    output: by(a.output, b.output),
  };
}
