import { isInside, type Gate, type GateDecision, type GateInput, type Settled } from "@symbiotic-build/engine";
import { count } from "@symbiotic-build/validator";
import { ATOM } from "./measure.ts";
import type { ComplexityOptions } from "./options.ts";
import type { Functions, Measured } from "./report.ts";

type Input = GateInput<ComplexityOptions, boolean>;

/** By how many per cent a function may become more complex, where the configuration says nothing. */
const USUAL = 20;
const MOST_NAMED = 3;

/**
 * No function that changed has become more complex than the threshold allows, in per cent of what it was at the base; a small
 * one may grow, and a new one may be as complex as the options say.
 */
export const complexityOfChange: Gate<ComplexityOptions, boolean> = {
  title: "complexity",
  describe: "No function has become much more complex",
  reads: [ATOM],
  ofChange: true,
  before: [ATOM],
  required: () => false,
  decide: (input) => decide(input),
  total: (decisions) => ({
    measured: decisions.toSorted((a, b) => worstOf(b) - worstOf(a))[0]?.measured ?? "no function",
    wanted: [...new Set(decisions.map(({ wanted }) => wanted))].join(", "),
  }),
};

function worstOf({ numbers }: GateDecision): number {
  return numbers?.["worst"] ?? Number.NEGATIVE_INFINITY;
}

/** A function that changed. */
interface Grown {
  readonly name: string;
  readonly was: number | undefined;
  readonly is: number;
  /** In per cent of what is allowed at least: over 0 it grew. */
  readonly growth: number;
}

function decide(input: Input): GateDecision {
  const allowed = input.threshold ?? USUAL;
  const wanted = `at most +${String(allowed)} %`;
  const [after, before] = [functionsOf(input.tasks), functionsOf(input.before)];
  if (after === undefined) return { verdict: "hold", measured: "no evidence", wanted, note: "ruff left no numbers" };
  const isCompared = before !== undefined || input.before.length === 0;
  if (!isCompared)
    return { verdict: "hold", measured: "no evidence", wanted, note: "ruff left no numbers at the base" };
  const grown = grownIn(input, { after, before: before ?? {} });
  const [worst] = grown;
  const offenders = grown.filter((each) => counts(each, allowed, input.options));
  return {
    verdict: offenders.length > 0 ? "fail" : "pass",
    measured: worst === undefined ? "no function" : `+${String(Math.round(worst.growth))} %`,
    wanted,
    ...(worst === undefined ? {} : { numbers: { worst: worst.growth } }),
    ...(offenders.length === 0 ? {} : { note: named(offenders) }),
  };
}

function counts({ was, is, growth }: Grown, allowed: number, { small, most }: ComplexityOptions): boolean {
  if (was === undefined) return is > most;
  return is > small && growth > allowed;
}

function named(offenders: readonly Grown[]): string {
  const some = offenders
    .slice(0, MOST_NAMED)
    .map(({ name, was, is }) => `${name} ${String(was ?? "new")} → ${String(is)}`);
  const more = offenders.length - some.length;
  return [...some, ...(more > 0 ? [`${count(more, "function")} more`] : [])].join(", ");
}

/** The functions of files that changed that are more complex than they were, the worst first. */
function grownIn(
  { change, project, options }: Input,
  { after, before }: { readonly after: Functions; readonly before: Functions },
): readonly Grown[] {
  const files = (change?.files ?? []).filter(
    ({ path, status }) => status !== "deleted" && isInside(project.root, path),
  );
  const grown = files.flatMap(({ path, from }) =>
    compared(after[path] ?? [], before[from ?? path] ?? [], options, path),
  );
  return grown.filter(({ growth }) => growth > 0).sort((a, b) => b.growth - a.growth);
}

/** Functions of one name are told apart by their order. */
function compared(
  after: readonly Measured[],
  before: readonly Measured[],
  { most }: ComplexityOptions,
  path: string,
): readonly Grown[] {
  const left = new Map<string, number[]>();
  for (const [name, complexity] of before) left.set(name, [...(left.get(name) ?? []), complexity]);
  return after.map(([name, is]) => {
    const was = left.get(name)?.shift();
    const from = was ?? most;
    return { name: `${path}:${name}`, was, is, growth: ((is - from) / from) * 100 };
  });
}

function functionsOf(tasks: readonly Settled[]): Functions | undefined {
  const data = tasks.find(({ atom }) => atom === ATOM)?.evidence?.data?.["functions"];
  return data === undefined ? undefined : (data as unknown as Functions);
}
