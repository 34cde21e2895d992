import type { Finding, Gate, GateDecision, Settled } from "@symbiotic-build/engine";
import type { RuffGateInput } from "./context.ts";
import { count } from "./count.ts";
import type { RuffFacts } from "./facts.ts";
import type { RuffOptions } from "./options.ts";

/** No more findings of the linter than allowed; required where the repository has settings for ruff. */
export const lintClean: Gate<RuffOptions, RuffFacts> = {
  describe: "Ruff finds no more than is allowed",
  title: "lint clean",
  reads: ["run_ruff_lint"],
  required: ({ facts }) => facts.lintConfigured,
  decide: (input) => decide(input, { measure: (findings) => findings.length, say: String }),
  total: (decisions) => total(decisions, String),
};

/** No more files that are not formatted than allowed; required where the repository formats with ruff. */
export const formatClean: Gate<RuffOptions, RuffFacts> = {
  describe: "No more files than allowed would be reformatted by ruff",
  title: "format clean",
  reads: ["run_ruff_format_check"],
  required: ({ facts }) => facts.formatConfigured,
  decide: (input) => decide(input, { measure: distinctFiles, say: files }),
  total: (decisions) => total(decisions, files),
};

interface Measure {
  readonly measure: (findings: readonly Finding[]) => number;
  /** A number as people read it. */
  readonly say: (number: number) => string;
}

function decide(input: RuffGateInput, { measure, say }: Measure): GateDecision {
  const allowed = input.threshold ?? 0;
  const wanted = wantedText(allowed, say);
  const missing = input.tasks.find((task) => task.evidence === undefined);
  if (missing || input.tasks.length === 0) {
    return { verdict: "hold", measured: "no evidence", wanted, numbers: { allowed }, note: reasonOf(missing) };
  }
  const measured = input.tasks.reduce((sum, task) => sum + measure(task.evidence?.findings ?? []), 0);
  return {
    verdict: measured <= allowed ? "pass" : "fail",
    measured: say(measured),
    wanted,
    numbers: { measured, allowed },
    ...(input.tasks.some((task) => task.advisory) ? { note: "embedded ruff, advisory" } : {}),
  };
}

function total(
  decisions: readonly GateDecision[],
  say: (number: number) => string,
): { readonly measured: string; readonly wanted: string } {
  const measured = decisions.flatMap((decision) => decision.numbers?.["measured"] ?? []);
  const allowed = decisions.map((decision) => decision.numbers?.["allowed"] ?? 0);
  return {
    measured: measured.length === 0 ? "no evidence" : say(sum(measured)),
    wanted: wantedText(sum(allowed), say),
  };
}

function reasonOf(task: Settled | undefined): string {
  return task?.reason ?? (task?.status === "broken" ? "ruff did not finish" : "not installed");
}

function wantedText(allowed: number, say: (number: number) => string): string {
  return allowed === 0 ? say(0) : `at most ${say(allowed)}`;
}

function distinctFiles(findings: readonly Finding[]): number {
  return new Set(findings.map((finding) => finding.file)).size;
}

function files(number: number): string {
  return count(number, "file");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
