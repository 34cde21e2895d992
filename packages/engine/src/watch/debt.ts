import type { RepoPath } from "../core/path.ts";

/** What runs were about that did not pass, and no run since that did: everything, or these changes. */
export type Debt = "everything" | ReadonlySet<RepoPath>;

/** Nothing is owed. */
export const NO_DEBT: Debt = new Set();

/** What is owed after a further run; `changed` is what it was about, undefined where that was everything. Pure. */
export function debtAfter(
  debt: Debt,
  { changed, passed }: { readonly changed: readonly RepoPath[] | undefined; readonly passed: boolean },
): Debt {
  if (changed === undefined) return passed ? NO_DEBT : "everything";
  if (debt === "everything") return debt;
  return passed ? debt.difference(new Set(changed)) : debt.union(new Set(changed));
}

/** Whether everything has passed by now. Pure. */
export function isSettled(debt: Debt): boolean {
  return debt !== "everything" && debt.size === 0;
}
