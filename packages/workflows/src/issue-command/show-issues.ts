import { ok, type CommandAnswer, type Diagnostic, type JsonValue, type Result } from "@symbiotic-build/engine";
import { issueOrder } from "../issues/issue-order.ts";
import { issueGraphDot } from "../issues/show/issue-graph-dot.ts";
import { issueGraphJson } from "../issues/show/issue-graph-json.ts";
import { issueGraphMermaid } from "../issues/show/issue-graph-mermaid.ts";
import { issueGraphText } from "../issues/show/issue-graph-text.ts";
import { issueListText } from "../issues/show/issue-list-text.ts";
import { issueRows } from "../issues/show/issue-rows.ts";
import { filterOf, type IssueAction } from "./issue-action.ts";

type Answer = Promise<Result<CommandAnswer, readonly Diagnostic[]>>;

/** `issues list`: what still runs, in the order in which to do it. */
export function listIssues({ parsed, documents }: IssueAction): Answer {
  const order = issueOrder(documents.graph, filterOf(parsed));
  if (!order.ok) return Promise.resolve(order);
  const rows = issueRows(order.value);
  return Promise.resolve(ok({ passed: true, text: issueListText(rows), json: rows.map((row) => ({ ...row })) }));
}

/** `issues graph`: level by level, or as a drawing. */
export function graphIssues({ parsed, documents }: IssueAction): Answer {
  const { graph } = documents;
  const ordered = issueOrder(graph, filterOf(parsed));
  if (!ordered.ok) return Promise.resolve(ordered);
  const order = parsed.flags.has("cycle") ? ordered.value.filter(({ held }) => held === "in a cycle") : ordered.value;
  const format = parsed.values.get("format") ?? "text";
  const show = format === "mermaid" ? issueGraphMermaid : format === "dot" ? issueGraphDot : issueGraphText;
  // An interface is no JSON by its type; this one is by what it holds.
  const json = issueGraphJson(graph, order) as unknown as JsonValue;
  return Promise.resolve(ok({ passed: true, text: show(issueRows(order)), json }));
}
