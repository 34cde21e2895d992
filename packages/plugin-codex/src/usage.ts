import type { AgentUsage } from "@symbiotic-build/engine";
import { numberOf, type Fields } from "./fields.ts";

/** Tokens as Codex counts them: what came from or went to a cache is a part of the input. */
export function usageOf(usage: Fields): AgentUsage {
  const cacheRead = numberOf(usage["cached_input_tokens"]);
  const cacheWrite = numberOf(usage["cache_write_input_tokens"]);
  const input = Math.max(0, numberOf(usage["input_tokens"]) - cacheRead - cacheWrite);
  return { input, cacheRead, cacheWrite, output: numberOf(usage["output_tokens"]) };
}
