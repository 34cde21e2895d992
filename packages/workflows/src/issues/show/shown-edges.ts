import type { IssueRow } from "./issue-rows.ts";

/** What a drawing shows: issues, those outside that they wait for, and the edges between them. */
export interface Shown {
  readonly rows: readonly IssueRow[];
  /** Ids of blockers that are not asked for. */
  readonly outside: readonly string[];
  readonly edges: readonly (readonly [before: string, after: string])[];
}

/** Where a document says that an issue comes before another: `file:line:column`. */
export type SaidAt = (before: string, after: string) => string | undefined;

/** What a drawing of these rows shows. */
export function shownOf(rows: readonly IssueRow[]): Shown {
  const inside = new Set(rows.map(({ id }) => id));
  const edges = rows.flatMap(({ id, blockedBy }) => blockedBy.map((blocker) => [blocker.id, id] as const));
  const outside = [...new Set(edges.map(([before]) => before).filter((id) => !inside.has(id)))];
  return { rows, outside, edges };
}
