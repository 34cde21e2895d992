import type { Gate, GateDecision, GateInput, JsonValue, Verdict } from "@symbiotic-build/engine";
import { z } from "zod";
import { COMPARE, type Compared } from "./compare.ts";
import { CONFIDENCE, intervalOf, ratiosOf, type Interval } from "./interval.ts";
import type { HyperfineOptions } from "./options.ts";

/** By how many per cent a benchmark may become slower, where the configuration says nothing. */
const USUAL = 10;

const dataSchema = z.object({
  compared: z.array(
    z.object({
      name: z.string(),
      base: z.array(z.number()),
      head: z.array(z.number()),
      failed: z.enum(["base", "head"]).optional(),
    }),
  ),
});

/** No benchmark has surely become slower than allowed, and of each it is sure: what cannot be told holds. */
export const noRegression: Gate<HyperfineOptions> = {
  title: "performance",
  describe: "No benchmark has become much slower than it was at the base",
  reads: [COMPARE],
  ofChange: true,
  required: () => true,
  decide,
  total: (decisions) => ({
    measured: decisions.toSorted((a, b) => slowness(b) - slowness(a))[0]?.measured ?? "no evidence",
    wanted: [...new Set(decisions.map(({ wanted }) => wanted))].join(", "),
  }),
};

/** A benchmark with what it is judged by. */
interface Judged {
  readonly name: string;
  readonly verdict: Verdict;
  /** `+21 % (+18 … +24 %)`; why nothing can be said where there is no interval. */
  readonly told: string;
  readonly interval?: Interval;
}

function decide({ tasks, threshold }: GateInput<HyperfineOptions, JsonValue>): GateDecision {
  const allowed = threshold ?? USUAL;
  const wanted = `at most +${String(allowed)} %, ${String(CONFIDENCE)} % sure`;
  const read = tasks.map(({ evidence }) => dataSchema.safeParse(evidence?.data));
  const reason = tasks.find(({ evidence }) => evidence === undefined)?.reason;
  if (read.some(({ success }) => !success) || read.length === 0)
    return { verdict: "hold", measured: "no evidence", wanted, note: reason ?? "hyperfine did not finish" };
  const compared = read.flatMap(({ data }) => data?.compared ?? []);
  const judged = compared.map((each) => judge(each, allowed)).toSorted((a, b) => highest(b) - highest(a));
  const verdict = (["fail", "hold"] as const).find((each) => judged.some((one) => one.verdict === each)) ?? "pass";
  const shown = judged.find((each) => each.verdict === verdict);
  const others = judged.filter((each) => each !== shown && each.verdict !== "pass");
  return {
    verdict,
    measured: shown === undefined ? "nothing to compare with" : `${shown.name} ${shown.told}`,
    wanted,
    ...(shown?.interval === undefined ? {} : { numbers: { slower: percent(shown.interval.middle) } }),
    ...noteOf(verdict, others),
  };
}

function judge({ name, base, head, failed }: Compared, allowed: number): Judged {
  if (failed !== undefined)
    return { name, verdict: "hold", told: failed === "base" ? "fails at the base" : "fails in the work tree" };
  const interval = intervalOf(ratiosOf(base, head));
  if (interval === undefined) return { name, verdict: "hold", told: "too few rounds" };
  const limit = 1 + allowed / 100;
  const verdict = interval.low > limit ? "fail" : interval.high <= limit ? "pass" : "hold";
  const { low, middle, high } = interval;
  return { name, verdict, told: `${signed(middle)} % (${signed(low)} … ${signed(high)} %)`, interval };
}

function noteOf(verdict: Verdict, others: readonly Judged[]): { readonly note?: string } {
  const more = others.map(({ name, told }) => `${name} ${told}`);
  const unsure = verdict === "hold" ? ["more `rounds` or a quieter machine would tell"] : [];
  const all = [...more, ...unsure];
  return all.length === 0 ? {} : { note: all.join("; ") };
}

function highest({ interval }: Judged): number {
  return interval?.low ?? Number.POSITIVE_INFINITY;
}

function slowness({ numbers, verdict }: GateDecision): number {
  return (verdict === "fail" ? 1e9 : 0) + (numbers?.["slower"] ?? Number.NEGATIVE_INFINITY);
}

function percent(times: number): number {
  return (times - 1) * 100;
}

function signed(times: number): string {
  const rounded = Math.round(percent(times));
  return rounded < 0 ? `−${String(-rounded)}` : `+${String(rounded)}`;
}
