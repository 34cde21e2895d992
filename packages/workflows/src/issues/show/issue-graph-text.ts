import type { IssueRow } from "./issue-rows.ts";

/** The order as lines for people: levels, and in each the issues with what they wait for. */
export function issueGraphText(rows: readonly IssueRow[]): string {
  if (rows.length === 0) return "no issue";
  const levels = Map.groupBy(rows, ({ level }) => level);
  const known = [...levels.keys()].filter((level) => level !== null).sort((a, b) => a - b);
  const stuck = levels.get(null) ?? [];
  return [
    ...known.flatMap((level) => [`level ${String(level)}`, ...(levels.get(level) ?? []).map(lineOf)]),
    ...(stuck.length > 0 ? ["held up by a cycle", ...stuck.map(lineOf)] : []),
  ].join("\n");
}

function lineOf({ id, title, blockedBy, held }: IssueRow): string {
  const blockers = blockedBy.map((blocker) => (blocker.selected ? blocker.id : `(${blocker.id})`)).join(", ");
  const why = held === null || held.endsWith("cycle") ? "" : `  [${held}]`;
  return `  ${id}  ${title}${blockers === "" ? "" : `  ← ${blockers}`}${why}`;
}
