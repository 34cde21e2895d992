import type { AgentUsage } from "../plugin/agent.ts";

/** US dollars for a million tokens, by the name of a model; `*` at the end stands for any ending, and the longest name wins. */
export type Prices = Readonly<Record<string, ModelPrice>>;

/** What a million tokens of one model cost; what is not said of a cache costs what input does. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite?: number | undefined;
}

const MILLION = 1_000_000;

/** What tokens of a model cost; `undefined` where there is no price for it. */
export function priceOf(usage: AgentUsage, model: string | undefined, prices: Prices): number | undefined {
  const price = model === undefined ? undefined : priceFor(model, prices);
  if (price === undefined) return undefined;
  const { input, output, cacheRead = input, cacheWrite = input } = price;
  const total =
    usage.input * input + usage.output * output + usage.cacheRead * cacheRead + usage.cacheWrite * cacheWrite;
  return total / MILLION;
}

function priceFor(model: string, prices: Prices): ModelPrice | undefined {
  const fits = (name: string): boolean => (name.endsWith("*") ? model.startsWith(name.slice(0, -1)) : name === model);
  const [best] = Object.keys(prices)
    .filter(fits)
    .sort((a, b) => Number(b === model) - Number(a === model) || b.length - a.length);
  return best === undefined ? undefined : prices[best];
}
