import type { Context, Finding, Gate, GateDecision, GateInput, JsonValue, Settled } from "@symbiotic-build/engine";
import { count } from "./count.ts";

/** A gate that passes while there are no more findings than allowed. */
export interface FindingsGate<O, F> {
  /** snake_case: `lint_clean`. */
  readonly id: string;
  /** What people call it: `lint clean`. */
  readonly title: string;
  readonly describe: string;
  /** Whether the repository configures the tool; if not, the gate is advisory unless the configuration says otherwise. */
  required(context: Context<O, F>): boolean;
  /** Which findings count; without it, all but notes. */
  readonly counts?: (finding: Finding) => boolean;
  /** What is counted where that is not findings: `file` counts the files that have some. */
  readonly unit?: "file";
  /** What the gate says beside its verdict where the tool stands in for the project's own: `embedded ruff, advisory`. */
  readonly standIn?: string;
}

/** Makes the gate over the evidence of these atoms. */
export function findingsGate<O, F extends JsonValue>(gate: FindingsGate<O, F>, reads: readonly string[]): Gate<O, F> {
  const say = (number: number): string => (gate.unit === undefined ? String(number) : count(number, gate.unit));
  return {
    describe: gate.describe,
    title: gate.title,
    reads,
    required: (context) => gate.required(context),
    decide: (input) => decide(input, gate, say),
    total: (decisions) => total(decisions, say),
  };
}

function decide<O, F>(
  { tasks, threshold }: GateInput<O, F>,
  gate: FindingsGate<O, F>,
  say: (number: number) => string,
): GateDecision {
  const allowed = threshold ?? 0;
  const wanted = wantedText(allowed, say);
  const missing = tasks.find((task) => task.evidence === undefined);
  if (missing !== undefined || tasks.length === 0)
    return { verdict: "hold", measured: "no evidence", wanted, numbers: { allowed }, note: reasonOf(missing) };
  const counted = tasks.flatMap((task) => task.evidence?.findings ?? []).filter(gate.counts ?? isMoreThanNote);
  const measured = gate.unit === undefined ? counted.length : new Set(counted.map(({ file }) => file)).size;
  const note = tasks.some(({ advisory }) => advisory) ? gate.standIn : undefined;
  return {
    verdict: measured <= allowed ? "pass" : "fail",
    measured: say(measured),
    wanted,
    numbers: { measured, allowed },
    ...(counted.length === 0 ? {} : { findings: counted }),
    ...(note === undefined ? {} : { note }),
  };
}

function total(
  decisions: readonly GateDecision[],
  say: (number: number) => string,
): { readonly measured: string; readonly wanted: string } {
  const measured = decisions.flatMap(({ numbers }) => numbers?.["measured"] ?? []);
  const allowed = decisions.map(({ numbers }) => numbers?.["allowed"] ?? 0);
  return {
    measured: measured.length === 0 ? "no evidence" : say(sum(measured)),
    wanted: wantedText(sum(allowed), say),
  };
}

function isMoreThanNote({ level }: Finding): boolean {
  return level !== "note";
}

function reasonOf(task: Settled | undefined): string {
  return task?.reason ?? (task?.status === "broken" ? "the tool did not finish" : "not installed");
}

function wantedText(allowed: number, say: (number: number) => string): string {
  return allowed === 0 ? say(0) : `at most ${say(allowed)}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
