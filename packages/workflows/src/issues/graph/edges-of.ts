import { keyOfId } from "../words/issue-id.ts";
import type { EdgeField } from "../front-matter/field.ts";
import type { Issue } from "../issue.ts";
import type { Place } from "../text/place.ts";
import type { Edge, Statement } from "./edge.ts";
import type { IssueIndex } from "./issue-index.ts";

/** A name that no document answers to. */
export interface Dangling {
  readonly by: Issue;
  readonly field: EdgeField | "parent" | "children";
  readonly text: string;
  readonly ids: readonly string[];
  readonly at: Place;
}

/** The edges that documents state, those from an issue to itself, and the names that lead nowhere. */
export interface Edges {
  /** In the order of the issues that wait, then of those that they wait for. */
  readonly edges: readonly Edge[];
  readonly selfEdges: readonly Statement[];
  readonly dangling: readonly Dangling[];
}

/** Whether the field says what comes before its document; otherwise it says what comes after. */
export function namesBefore(field: EdgeField): boolean {
  return field === "blocked_by" || field === "depends_on";
}

/** Makes edges of what all documents state: `A blocks B` and `B is blocked by A` are one. */
export function edgesOf({ issues, resolve }: Pick<IssueIndex, "issues" | "resolve">): Edges {
  const edges = new Map<string, Edge>();
  const selfEdges: Statement[] = [];
  const dangling: Dangling[] = [];
  for (const by of issues) {
    for (const { value, at, field } of by.edges) {
      const other = resolve(value);
      if (other === undefined) dangling.push({ by, field, text: value.text, ids: value.ids, at });
      else if (other === by) selfEdges.push({ by, field, at });
      else add(edges, namesBefore(field) ? [other, by] : [by, other], { by, field, at });
    }
  }
  const places = new Map(issues.map((issue, index) => [issue, index]));
  const placeOf = (issue: Issue): number => places.get(issue) ?? 0;
  const sorted = [...edges.values()].sort(
    (a, b) => placeOf(a.after) - placeOf(b.after) || placeOf(a.before) - placeOf(b.before),
  );
  return { edges: sorted, selfEdges, dangling };
}

function add(edges: Map<string, Edge>, [before, after]: readonly [Issue, Issue], statement: Statement): void {
  const key = JSON.stringify([keyOfId(before.id.value), keyOfId(after.id.value)]);
  const said = edges.get(key)?.said;
  edges.set(key, { before, after, said: said === undefined ? [statement] : [...said, statement] });
}
