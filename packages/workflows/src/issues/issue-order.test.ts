import { expect, test } from "vitest";
import { documentsOf, graphOf, issuesOf } from "../../test/support/documents.ts";
import type { IssueFilter } from "./graph/filter.ts";
import { issueGraph } from "./issue-graph.ts";
import { readMilestone } from "./milestone/read-milestone.ts";
import { issueOrder } from "./issue-order.ts";

function orderOf(graph: ReturnType<typeof graphOf>, filter?: IssueFilter): string[] {
  const order = issueOrder(graph, filter);
  if (!order.ok) return order.error.map(({ code, message }) => `${code} ${message}`);
  return order.value.map(({ issue, level, blockedBy, held }) => {
    const blockers = blockedBy.map(({ issue: { id }, isSelected }) => (isSelected ? id.value : `(${id.value})`));
    return [issue.id.value, level ?? "-", ...blockers, ...(held === undefined ? [] : [`[${held}]`])].join(" ");
  });
}

test("after what they wait for; then by the map, by priority, by id as people count", () => {
  const graph = graphOf(
    {
      "M3-10": "",
      "M3-2": "",
      "M3-5": "priority: low",
      "M3-6": "priority: urgent",
      "M3-7": "priority: P1\nblocked_by: [M3-10]",
      "M3-8": "",
      "M3-9": "priority: low\nblocked_by: M3-8",
    },
    { map: "| Issue |\n|---|\n| M3-9 |\n| M3-5 |" },
  );
  expect(orderOf(graph)).toEqual([
    ...["M3-5 0", "M3-6 0", "M3-2 0", "M3-8 0", "M3-9 1 M3-8", "M3-10 0", "M3-7 1 M3-10"],
  ]);
});

test("finished issues are left out and block nothing", () => {
  const graph = graphOf({
    A: "state: Done",
    B: "state: cancelled",
    C: "blocked_by: [A, B]",
    D: "state: in review\nblocked_by: C",
    E: "state: no such state",
  });
  expect(orderOf(graph)).toEqual(["C 0", "D 1 C", "E 0"]);
});

test("what is archived does not run and blocks nothing, whatever its state says", () => {
  const documents = [
    { path: "issues/archive/a.md", text: "---\nid: A\nstate: in progress\n---\n" },
    { path: "issues/b.md", text: "---\nid: B\nblocked_by: [A]\n---\n" },
  ];
  expect(orderOf(issueGraph(issuesOf(documents), []))).toEqual(["B 0"]);
});

test("what is paused is told, and holds up what waits for it", () => {
  const graph = graphOf({ A: "state: on hold", B: "blocked_by: A", C: "blocked_by: B", D: "" });
  expect(orderOf(graph)).toEqual([
    "A 0 [paused]",
    "B 1 A [behind a paused issue]",
    "C 2 B [behind a paused issue]",
    "D 0",
  ]);
});

test("what is in or behind a cycle comes last and has no level", () => {
  const graph = graphOf({ A: "blocked_by: B", B: "blocked_by: A", C: "blocked_by: B", D: "" });
  expect(orderOf(graph)).toEqual(["D 0", "A - B [in a cycle]", "B - A [in a cycle]", "C - B [behind a cycle]"]);
  expect(orderOf(graph, { ids: ["C"] })).toEqual(["C 0 (B) [behind a cycle]"]);
});

test("filters by milestone, project and id, with what an issue waits for outside", () => {
  const graph = graphOf({
    A: "milestone: M3\nproject: engine",
    B: "milestone: M3-core\nblocked_by: [A, D]\nproject: Engine",
    C: "milestone: 'M3: core'\nblocked_by: B\nproject: site",
    D: "milestone: M4",
  });
  expect(orderOf(graph, { milestones: ["m3"] })).toEqual(["A 0", "B 1 A (D)", "C 2 B"]);
  expect(orderOf(graph, { milestones: ["M3-core"] })).toEqual(["A 0", "B 1 A (D)", "C 2 B"]);
  expect(orderOf(graph, { projects: ["engine"] })).toEqual(["A 0", "B 1 A (D)"]);
  expect(orderOf(graph, { milestones: ["M3"], projects: ["site"] })).toEqual(["C 0 (B)"]);
  expect(orderOf(graph, { ids: ["#c", "D"] })).toEqual(["C 0 (B)", "D 0"]);
});

test("a milestone goes by each name that its document gives it", () => {
  const text = "---\nid: M3\ntitle: Core engine\n---\n";
  const milestone = readMilestone({ path: "milestones/third.md", text })!;
  const documents = documentsOf({ A: "milestone: Core Engine", B: "milestone: M4", C: "milestone: third" });
  const graph = issueGraph(issuesOf(documents), [milestone]);
  for (const name of ["M3", "core engine", "third"])
    expect(orderOf(graph, { milestones: [name] })).toEqual(["A 0", "C 0"]);
});

test("a filter that fits nothing is an error, each name for itself", () => {
  const graph = graphOf({ A: "milestone: M3" });
  expect(orderOf(graph, { milestones: ["M9", "M3"], projects: ["x"], ids: ["Z"] })).toEqual([
    ...[
      "SYM9211 no issue has the milestone `M9`",
      "SYM9211 no issue has the project `x`",
      "SYM9211 no issue has the id `Z`",
    ],
  ]);
});
