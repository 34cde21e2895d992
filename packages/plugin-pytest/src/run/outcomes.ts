import { byCodeUnit, type TestOutcome } from "@symbiotic-build/engine";

/** One thing that pytest reported of a test: its call, or what failed or was skipped before or after it. */
export interface Reported {
  /** As pytest's command line takes it in the project's folder. */
  readonly id: string;
  /** The word under which pytest counts it. */
  readonly category: string;
  readonly outcome: TestOutcome["outcome"];
  readonly message?: string;
  readonly file?: string;
  readonly line?: number;
}

/** When several things are reported of one test, the first of these is its outcome: an error after a pass is an error. */
const WORST_FIRST: readonly TestOutcome["outcome"][] = ["failed", "error", "xpassed", "passed", "xfailed", "skipped"];

/** One outcome a test, sorted by id, with a command that repeats what failed. */
export function outcomesOf(all: readonly Reported[], repro: (id: string) => string): readonly TestOutcome[] {
  const worst = new Map<string, Reported>();
  for (const one of all) {
    const known = worst.get(one.id);
    if (known === undefined || rank(one) < rank(known)) worst.set(one.id, one);
  }
  return [...worst.values()].toSorted((a, b) => byCodeUnit(a.id, b.id)).map((one) => testOf(one, repro));
}

function rank(one: Reported): number {
  return WORST_FIRST.indexOf(one.outcome);
}

function testOf({ id, outcome, message, file, line }: Reported, repro: (id: string) => string): TestOutcome {
  return {
    id,
    outcome,
    ...(message === undefined || message === "" ? {} : { message }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(outcome === "failed" || outcome === "error" ? { repro: repro(id) } : {}),
  };
}

/** How pytest's own words come in a line of results. */
const ORDER = ["passed", "failed", "error", "skipped", "xfailed", "xpassed"];

/** `184 passed, 1 failed`: what pytest's last line says, best first. */
export function summaryOf(all: readonly Reported[]): string {
  const counts = new Map<string, number>();
  for (const { category } of all) counts.set(category, (counts.get(category) ?? 0) + 1);
  const place = (word: string): number => (ORDER.includes(word) ? ORDER.indexOf(word) : ORDER.length);
  const words = [...counts.keys()].toSorted((a, b) => place(a) - place(b) || byCodeUnit(a, b));
  return words.map((word) => counted(counts.get(word) ?? 0, word)).join(", ") || "0 tests";
}

function counted(count: number, word: string): string {
  return `${count} ${word === "error" && count > 1 ? "errors" : word}`;
}
