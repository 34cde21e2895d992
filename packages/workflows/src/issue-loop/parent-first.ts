import type { PlannedIssue } from "./planned-issue.ts";

/**
 * The blocker that most of the others come before is the parent of an issue's branch, so that as little as can be has to be merged into
 * it; where that leaves a choice, the first in the order.
 */
export function parentFirst(all: readonly PlannedIssue[], blockers: readonly PlannedIssue[]): readonly PlannedIssue[] {
  if (blockers.length < 2) return blockers;
  const below = new Map(
    blockers.map((each) => {
      const behind = behindOf(all, [each]);
      return [each, blockers.filter((other) => behind.has(other)).length];
    }),
  );
  return blockers.toSorted((a, b) => (below.get(b) ?? 0) - (below.get(a) ?? 0));
}

/** All that comes before an issue by what blocks it. */
function behindOf(all: readonly PlannedIssue[], blockers: readonly PlannedIssue[]): ReadonlySet<PlannedIssue> {
  const byIssue = new Map(all.map((each) => [each.issue, each]));
  const behind = new Set(blockers);
  // A set that grows while it is gone through: each is looked at once.
  for (const { blockers: next } of behind)
    for (const { issue } of next) {
      const found = byIssue.get(issue);
      if (found !== undefined) behind.add(found);
    }
  return behind;
}
