import { ok, type CommandAnswer, type Diagnostic, type JsonValue, type Result } from "@symbiotic-build/engine";
import { issueOrder, type OrderedIssue } from "../issues/issue-order.ts";
import { issueCyclesText, statedAt } from "../issues/show/issue-cycles.ts";
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

/** `issues graph`: level by level, or as a drawing; with `--cycle` only cycles, each edge with the line that says it. */
export function graphIssues(action: IssueAction): Answer {
  const { parsed, documents } = action;
  const { graph } = documents;
  const ordered = issueOrder(graph, filterOf(parsed));
  if (!ordered.ok) return Promise.resolve(ordered);
  const isCycle = parsed.flags.has("cycle");
  const order = isCycle ? ordered.value.filter(({ held }) => held === "in a cycle") : ordered.value;
  // An interface is no JSON by its type; this one is by what it holds.
  const json = issueGraphJson(graph, order) as unknown as JsonValue;
  return Promise.resolve(ok({ passed: true, text: drawn(order, action, isCycle), json }));
}

/** Of cycles, each edge is drawn with the line that says it. */
function drawn(order: readonly OrderedIssue[], { parsed, documents }: IssueAction, isCycle: boolean): string {
  const rows = issueRows(order);
  const said = isCycle ? statedAt(documents.graph) : undefined;
  switch (parsed.values.get("format") ?? "text") {
    case "mermaid":
      return issueGraphMermaid(rows, said);
    case "dot":
      return issueGraphDot(rows, said);
    default:
      return isCycle
        ? issueCyclesText(
            documents.graph,
            order.map(({ issue }) => issue),
          )
        : issueGraphText(rows);
  }
}
