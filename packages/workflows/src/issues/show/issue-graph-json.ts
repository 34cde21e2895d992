import { issueRows, type IssueRow } from "./issue-rows.ts";
import { placeText } from "../text/place.ts";
import type { EdgeField } from "../front-matter/field.ts";
import type { IssueGraph } from "../issue-graph.ts";
import type { OrderedIssue } from "../issue-order.ts";

/** The order and its edges as data, each edge with the places that state it. */
export interface IssueGraphJson {
  readonly issues: readonly IssueRow[];
  readonly edges: readonly {
    readonly before: string;
    readonly after: string;
    readonly said: readonly { readonly field: EdgeField; readonly at: string }[];
  }[];
}

/** The order as data for other programs. */
export function issueGraphJson(graph: IssueGraph, order: readonly OrderedIssue[]): IssueGraphJson {
  const shown = new Set(order.map(({ issue }) => issue));
  return {
    issues: issueRows(order),
    edges: graph.edges
      .filter(({ after }) => shown.has(after))
      .map(({ before, after, said }) => ({
        before: before.id.value,
        after: after.id.value,
        said: said.map(({ by, field, at }) => ({ field, at: placeText(by.path, at) })),
      })),
  };
}
