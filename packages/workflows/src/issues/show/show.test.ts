import { expect, test } from "vitest";
import { graphOf } from "../../../test/support/documents.ts";
import type { IssueFilter } from "../graph/filter.ts";
import { issueOrder } from "../issue-order.ts";
import { issueGraphDot } from "./issue-graph-dot.ts";
import { issueGraphJson } from "./issue-graph-json.ts";
import { issueGraphMermaid } from "./issue-graph-mermaid.ts";
import { issueGraphText } from "./issue-graph-text.ts";
import { issueListText } from "./issue-list-text.ts";
import { issueRows } from "./issue-rows.ts";

const graph = graphOf({
  "M3-01": "title: Load the config\nstate: in review\nmilestone: M3",
  "M3-02": 'title: Check "it"; then <b>tell</b> & go\\n\nblocked_by: M3-01\nmilestone: M3',
  "M3-03": "title: Wait\nstate: on hold",
  "M3-04": "title: Behind\nblocked_by: [M3-02, M3-03]\nmilestone: M3\npriority: high",
  "M3-05": "title: Round\nblocked_by: M3-06",
  "M3-06": "title: And round\nblocked_by: M3-05",
});

function orderOf(filter?: IssueFilter) {
  const order = issueOrder(graph, filter);
  if (!order.ok) throw new Error("the filter fits nothing");
  return order.value;
}

const rows = issueRows(orderOf());
const some = issueRows(orderOf({ milestones: ["M3"] }));

test("the list as a table", () => {
  expect(`\n${issueListText(rows)}\n`).toMatchInlineSnapshot(`
    "
    id     level  state      milestone  blocked by   title
    M3-01  0      in review  M3         -            Load the config
    M3-02  1      -          M3         M3-01        Check "it"; then <b>tell</b> & go\\n
    M3-03  0      on hold    -          -            Wait
    M3-04  2      -          M3         M3-02 M3-03  Behind  (behind a paused issue)
    M3-05  -      -          -          M3-06        Round  (in a cycle)
    M3-06  -      -          -          M3-05        And round  (in a cycle)

    6 issues
    "
  `);
  expect(issueListText(some)).toContain("M3-02 (M3-03)");
  expect(issueListText([])).toBe("no issue");
});

test("the graph as levels", () => {
  expect(`\n${issueGraphText(rows)}\n`).toMatchInlineSnapshot(`
    "
    level 0
      M3-01  Load the config
      M3-03  Wait  [paused]
    level 1
      M3-02  Check "it"; then <b>tell</b> & go\\n  ← M3-01
    level 2
      M3-04  Behind  ← M3-02, M3-03  [behind a paused issue]
    held up by a cycle
      M3-05  Round  ← M3-06
      M3-06  And round  ← M3-05
    "
  `);
  expect(issueGraphText([])).toBe("no issue");
});

test("the graph in Mermaid's language, which no title can break", () => {
  expect(`\n${issueGraphMermaid(some)}\n`).toMatchInlineSnapshot(`
    "
    flowchart LR
      subgraph level0 ["level 0"]
        n0["M3-01<br/>Load the config"]
      end
      subgraph level1 ["level 1"]
        n1["M3-02<br/>Check #34;it#34;#59; then #60;b#62;tell#60;/b#62; #38; go#92;​n"]
      end
      subgraph level2 ["level 2"]
        n2["M3-04<br/>Behind"]
      end
      n3("M3-03")
      n0 --> n1
      n1 --> n2
      n3 --> n2
    "
  `);
  expect(issueGraphMermaid(rows)).toContain('subgraph cycle ["in or behind a cycle"]');
});

test("the graph in Graphviz' language, which no title can break", () => {
  expect(`\n${issueGraphDot(some)}\n`).toMatchInlineSnapshot(`
    "
    digraph issues {
      rankdir=LR;
      node [shape=box, style=rounded, fontname="Helvetica"];
      subgraph "level 0" {
        rank=same;
        "M3-01" [label="M3-01\\nLoad the config"];
      }
      subgraph "level 1" {
        rank=same;
        "M3-02" [label="M3-02\\nCheck \\"it\\"; then <b>tell</b> &amp; go\\\\n"];
      }
      subgraph "level 2" {
        rank=same;
        "M3-04" [label="M3-04\\nBehind"];
      }
      "M3-03" [style=dashed];
      "M3-01" -> "M3-02";
      "M3-02" -> "M3-04";
      "M3-03" -> "M3-04";
    }
    "
  `);
});

test("the graph as data", () => {
  expect(issueGraphJson(graph, orderOf({ ids: ["M3-04"] }))).toEqual({
    issues: [
      {
        id: "M3-04",
        title: "Behind",
        state: null,
        milestone: "M3",
        project: null,
        priority: "high",
        level: 0,
        blockedBy: [
          { id: "M3-02", state: null, selected: false },
          { id: "M3-03", state: "on hold", selected: false },
        ],
        held: "behind a paused issue",
        path: "issues/M3-04.md",
      },
    ],
    edges: [
      { before: "M3-02", after: "M3-04", said: [{ field: "blocked_by", at: "issues/M3-04.md:4:14" }] },
      { before: "M3-03", after: "M3-04", said: [{ field: "blocked_by", at: "issues/M3-04.md:4:21" }] },
    ],
  });
});
