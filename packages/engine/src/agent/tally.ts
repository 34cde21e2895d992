import type { AgentBudget, AgentUsage, UsageEvent } from "../plugin/agent.ts";
import type { SessionTotals } from "./drive.ts";
import { priceOf, type Prices } from "./prices.ts";
import { minus, NO_USAGE, plus, tokensOf } from "./usage.ts";

/** What one process used, as far as it has told. */
interface Counted {
  readonly usage: AgentUsage;
  readonly usd?: number;
  readonly isEstimate: boolean;
  readonly turns: number;
}

/** What has been used so far, all processes of a drive together. */
export interface Spent extends Counted {
  readonly usd?: number;
}

/** Counts what an agent uses, and says when it is too much. */
export interface Tally {
  take(event: UsageEvent): void;
  /** The model that is at work. */
  model(name: string): void;
  /** A process begins, in a session of its own or in one that there was. */
  begin(isResumed: boolean): void;
  spent(): Spent;
  /** What of the budget is used up. */
  over(budget: AgentBudget): { readonly end: "budget" | "turn-limit"; readonly message: string } | undefined;
  /** All that the session has used, as far as that is known. */
  totals(): SessionTotals | undefined;
}

interface Told {
  readonly calls: Map<string, UsageEvent>;
  run?: UsageEvent;
  session?: UsageEvent;
}

/** A tally of one drive; `known`: what the session that it goes on with had used before. */
export function createTally(prices: Prices, known: SessionTotals | undefined): Tally {
  let before: SessionTotals | undefined = known;
  let begun = 0;
  let [model, settled, told]: [string | undefined, Spent, Told] = [undefined, NOTHING, { calls: new Map() }];
  const counted = (): Counted => countOf(told, { before, price: (usage) => priceOf(usage, model, prices) });
  const spent = (): Spent => sumOf(settled, counted());
  const totals = (): SessionTotals | undefined => totalsOf(told, before, counted());
  return {
    spent,
    totals,
    model: (name) => void (model = name),
    take(event) {
      if (event.of === "call") told.calls.set(event.id ?? `#${String(told.calls.size)}`, event);
      else told[event.of] = event;
    },
    begin(isResumed) {
      const after = begun === 0 ? known : totals();
      if (begun > 0) settled = sumOf(settled, counted());
      before = isResumed ? after : { usage: NO_USAGE, usd: 0 };
      told = { calls: new Map() };
      begun += 1;
    },
    over: (budget) => overOf(budget, spent()),
  };
}

const NOTHING: Spent = { usage: NO_USAGE, isEstimate: false, turns: 0 };

type PriceOf = (usage: AgentUsage) => number | undefined;

function countOf(
  { calls, run, session }: Told,
  { before, price }: { readonly before: SessionTotals | undefined; readonly price: PriceOf },
): Counted {
  const all = [...calls.values()];
  const turns = all.filter(({ isSide }) => isSide !== true).length;
  const ofCalls = all.reduce((sum, { usage }) => plus(sum, usage), NO_USAGE);
  const isKnown = session !== undefined && before !== undefined;
  const usage = run?.usage ?? (isKnown ? minus(session.usage, before.usage) : ofCalls);
  const sessionUsd = isKnown && session.usd !== undefined ? session.usd - (before.usd ?? 0) : undefined;
  const told = run?.usd ?? sessionUsd;
  if (told !== undefined) return { usage, usd: told, isEstimate: false, turns };
  const estimate = tokensOf(usage) === 0 ? 0 : price(usage);
  return { usage, turns, isEstimate: tokensOf(usage) > 0, ...(estimate === undefined ? {} : { usd: estimate }) };
}

/** Where the cost of a part is not known, neither is that of all. */
function sumOf(a: Spent, b: Counted): Spent {
  if (a === NOTHING) return b;
  const usd = a.usd === undefined || b.usd === undefined ? undefined : a.usd + b.usd;
  return {
    usage: plus(a.usage, b.usage),
    isEstimate: a.isEstimate || b.isEstimate,
    turns: a.turns + b.turns,
    ...(usd === undefined ? {} : { usd }),
  };
}

function totalsOf(
  { session }: Told,
  before: SessionTotals | undefined,
  { usage, usd }: Counted,
): SessionTotals | undefined {
  if (session !== undefined)
    return { usage: session.usage, ...(session.usd === undefined ? {} : { usd: session.usd }) };
  if (before === undefined) return undefined;
  const sum = before.usd === undefined || usd === undefined ? {} : { usd: before.usd + usd };
  return { usage: plus(before.usage, usage), ...sum };
}

function overOf(budget: AgentBudget, { usage, usd, turns }: Spent): ReturnType<Tally["over"]> {
  const tokens = tokensOf(usage);
  if (budget.usd !== undefined && usd !== undefined && usd > budget.usd)
    return { end: "budget", message: `it has cost $${usd.toFixed(2)}, and $${budget.usd.toFixed(2)} were allowed` };
  if (budget.tokens !== undefined && tokens > budget.tokens)
    return {
      end: "budget",
      message: `it has used ${String(tokens)} tokens, and ${String(budget.tokens)} were allowed`,
    };
  if (budget.turns !== undefined && turns > budget.turns)
    return { end: "turn-limit", message: `it has taken more than ${String(budget.turns)} turns` };
  return undefined;
}
