import type { Settled } from "@symbiotic-build/engine";

/** The atom whose evidence both gates read. */
export const ATOM = "run_pytest_unit_with_coverage";

/** The task of this atom; the engine asks a gate only where there is one. */
export function pytestTask(tasks: readonly Settled[]): Settled | undefined {
  return tasks.find((task) => task.atom === ATOM);
}

/** Why a task left no evidence. */
export function missingBecause(task: Settled | undefined): string {
  if (task === undefined) return "pytest was not selected";
  return task.reason === undefined ? `pytest ${task.status}` : `pytest ${task.status}: ${task.reason}`;
}

/** The sum of a number over decisions. */
export function sumOf(
  decisions: readonly { readonly numbers?: Readonly<Record<string, number>> }[],
  name: string,
): number {
  return decisions.reduce((sum, { numbers }) => sum + (numbers?.[name] ?? 0), 0);
}
