import { expect, test } from "vitest";
import { graphOf, issuesOf, told } from "../../test/support/documents.ts";
import { issueGraph } from "./issue-graph.ts";
import { CHECK_NAMES } from "./checks.ts";
import { issueChecksSchema } from "./settings.ts";

function edgesOf(graph: ReturnType<typeof graphOf>): string[] {
  return graph.edges.map(({ before, after, said }) => {
    const how = said.map(({ by, field, at }) => `${by.id.value} ${field} ${String(at.line)}:${String(at.column)}`);
    return `${before.id.value} → ${after.id.value} (${how.join(", ")})`;
  });
}

test("an edge is the same from both of its ends, and knows every place that states it", () => {
  const graph = graphOf({
    A: "blocking: [B]\nblocked: C",
    B: "blocked_by: a",
    C: "blocked_by: [A]\ndepends_on:\n  - B",
  });
  expect(edgesOf(graph)).toEqual([
    "A → B (A blocking 3:12, B blocked_by 3:13)",
    "A → C (A blocked 4:10, C blocked_by 3:14)",
    "B → C (C depends_on 5:5)",
  ]);
  expect(graph.diagnostics).toEqual([]);
});

test("a reference is found by id, by link and by the name of a file, whatever the id within is", () => {
  const documents = [
    { path: "docs/issues/M3-01-load.md", text: "---\nid: CORE-1\n---\n" },
    { path: "docs/issues/x.md", text: "---\nid: X\nblocked_by: ['[load it](M3-01-load.md)']\n---\n" },
    { path: "docs/issues/sub/y.md", text: "---\nid: Y\nblocked_by: '[[m3-01-LOAD]]'\ndepends_on: ../x.md\n---\n" },
    { path: "docs/issues/z.md", text: "---\nid: Z\nblocked_by: docs/issues/sub/y.md\n---\n" },
  ];
  const graph = issueGraph(issuesOf(documents), []);
  expect(told(graph)).toEqual([]);
  expect(graph.edges.map(({ before, after }) => `${before.id.value} → ${after.id.value}`)).toEqual([
    ...["CORE-1 → X", "CORE-1 → Y", "X → Y", "Y → Z"],
  ]);
});

test("documents with the same id: the first that is not archived counts", () => {
  const documents = ["archive/a.md", "issues/b.md", "issues/a.md"].map((path) => ({
    path: path.startsWith("archive") ? `issues/${path}` : path,
    text: `---\nid: ${path === "issues/b.md" ? "m3-04" : "M3-04"}\ntitle: ${path}\n---\n`,
  }));
  const graph = issueGraph(issuesOf(documents), []);
  expect(graph.issues.map(({ path }) => path)).toEqual(["issues/a.md"]);
  expect(told(graph)).toEqual(["SYM9201 error issues/b.md:2:5 3 documents have the id `M3-04`"]);
  expect(graph.diagnostics[0]?.notes).toEqual(["issues/a.md:2:5", "issues/b.md:2:5", "issues/archive/a.md:2:5"]);
});

test("a name that leads nowhere, and the id that it may mean", () => {
  const graph = graphOf({ "M3-04": "blocked_by: [M3-4, M3-99]\nparent: M9", "M3-05": "children: [m3_04]" });
  expect(told(graph)).toEqual([
    "SYM9202 error issues/M3-04.md:3:14 `M3-04` names `M3-4` in `blocked_by`, and no document has that id",
    "SYM9202 error issues/M3-04.md:3:20 `M3-04` names `M3-99` in `blocked_by`, and no document has that id",
    "SYM9202 error issues/M3-04.md:4:9 `M3-04` names `M9` in `parent`, and no document has that id",
    "SYM9202 error issues/M3-05.md:3:12 `M3-05` names `m3_04` in `children`, and no document has that id",
  ]);
  expect(graph.diagnostics.map(({ hint }) => hint)).toEqual([
    "do you mean `M3-04`?",
    "correct the id, or leave it out",
    "correct the id, or leave it out",
    "do you mean `M3-04`?",
  ]);
});

test("one-sided edges: who blocks must be named by whom it blocks, and lists of what is blocked must be whole", () => {
  const graph = graphOf({
    A: "blocking: [B]",
    B: "",
    C: "blocked_by: [A]",
    D: "blocked_by: [B]",
    E: "depends_on: [A]",
    F: "blocking: []",
  });
  expect(told(graph)).toEqual([
    "SYM9203 warning issues/A.md:3:12 `A` blocks `B`, and `B` does not say that it is blocked by `A`",
    "SYM9203 warning issues/C.md:3:14 `C` is blocked by `A`, and `A` does not list `C`",
  ]);
  expect(graph.diagnostics[0]?.hint).toBe(
    "add A to `blocked_by` of issues/B.md: `symbiotic issues check --fix` does it",
  );
});

test("a link counts by its document, even where another one has the id of its label", () => {
  const documents = [
    { path: "issues/a.md", text: "---\nid: A\n---\n" },
    { path: "issues/b.md", text: "---\nid: B\n---\n" },
    { path: "issues/c.md", text: "---\nid: C\nblocked_by: '[A](b.md)'\n---\n" },
  ];
  expect(issueGraph(issuesOf(documents), []).edges.map(({ before }) => before.id.value)).toEqual(["B"]);
});

test("what is archived is asked for no other side of an edge", () => {
  const documents = [
    { path: "issues/archive/a.md", text: "---\nid: A\nstate: done\nblocking: [B]\n---\n" },
    { path: "issues/b.md", text: "---\nid: B\nblocking: []\n---\n" },
    { path: "issues/archive/c.md", text: "---\nid: C\nstate: done\nblocked_by: [B]\n---\n" },
  ];
  const graph = issueGraph(issuesOf(documents), []);
  expect([graph.edges.length, graph.oneSided, graph.diagnostics]).toEqual([2, [], []]);
});

test("an issue that waits for itself", () => {
  const graph = graphOf({ A: "blocked_by: [A]\nblocking: A" });
  expect(graph.edges).toEqual([]);
  expect(told(graph)).toEqual([
    "SYM9204 error issues/A.md:3:14 `A` names itself in `blocked_by`",
    "SYM9204 error issues/A.md:4:11 `A` names itself in `blocking`",
  ]);
});

test("a cycle is told with every line that makes it", () => {
  const [cycle, ...others] = graphOf({
    "M3-04": "blocked_by: [M3-07]",
    "M3-05": "blocked_by: [M3-04]",
    "M3-07": "title: x\nblocked_by: [M3-05]",
    "M3-08": "blocked_by: [M3-07]",
  }).diagnostics;
  expect(others).toEqual([]);
  expect(cycle).toEqual({
    severity: "error",
    code: "SYM9205",
    message: "blocked_by makes a cycle of 3 issues",
    location: { file: "issues/M3-04.md", line: 3, column: 14, length: 5 },
    notes: [
      "M3-04  blocked by M3-07  issues/M3-04.md:3:14",
      "M3-07  blocked by M3-05  issues/M3-07.md:4:14",
      "M3-05  blocked by M3-04  issues/M3-05.md:3:14",
    ],
    hint: "remove one of the three lines; `symbiotic issues graph --cycle` draws it",
  });
});

test("a cycle of several fields says each as its document does", () => {
  const graph = graphOf({ A: "blocking: [B]\ndepends_on: [B]", B: "" }, { checks: { oneSided: "off" } });
  expect(graph.diagnostics.map(({ message, notes }) => [message, notes])).toEqual([
    [
      "depends_on and blocking make a cycle of 2 issues",
      ["A  depends on B  issues/A.md:4:14", "A  blocks B      issues/A.md:3:12"],
    ],
  ]);
});

test("a cycle that a finished issue breaks is a warning, also where cycles are errors", () => {
  const fronts = { A: "blocked_by: [B]\nstate: done", B: "blocked_by: [A]" };
  expect(told(graphOf(fronts, { checks: { cycle: "error" } }))).toEqual([
    "SYM9205 warning issues/A.md:3:14 blocked_by makes a cycle of 2 issues",
  ]);
  expect(told(graphOf(fronts, { checks: { cycle: "off" } }))).toEqual([]);
});

test("two cycles in one knot are both told", () => {
  const graph = graphOf({
    A: "blocked_by: [B]",
    B: "blocked_by: [A, C]",
    C: "blocked_by: [D]",
    D: "blocked_by: [C, A]",
  });
  expect(graph.diagnostics.map(({ notes }) => notes?.length)).toEqual([2, 2]);
});

test("parents and children that contradict each other", () => {
  const graph = graphOf({
    A: "children: [C, D]",
    B: "children: [D]",
    C: "parent: B",
    D: "",
    E: "parent: F",
    F: "parent: E",
    G: "parent: G",
  });
  expect(told(graph)).toEqual([
    "SYM9206 error issues/A.md:3:12 `C` has 2 parents",
    "SYM9206 error issues/A.md:3:15 `D` has 2 parents",
    "SYM9207 error issues/E.md:3:9 parents make a cycle of 2 issues",
    "SYM9207 error issues/G.md:3:9 `G` is its own parent",
  ]);
  expect(graph.diagnostics[0]?.notes).toEqual(["`A` by issues/A.md:3:12", "`B` by issues/C.md:3:9"]);
  expect(graph.parentOf.get(graph.byId("c")!)?.id.value).toBe("B");
});

test("a parent and its children that agree are no trouble", () => {
  expect(told(graphOf({ A: "children: [B]", B: "parent: A", C: "parent: A" }))).toEqual([]);
});

test("a blocker that nobody will do is told, and a done one is not", () => {
  const documents = [
    { path: "issues/A.md", text: "---\nid: A\nstate: cancelled\n---\n" },
    { path: "issues/archive/B.md", text: "---\nid: B\nstate: todo\n---\n" },
    { path: "issues/C.md", text: "---\nid: C\nstate: done\n---\n" },
    { path: "issues/D.md", text: "---\nid: D\nblocked_by: [A, B, C]\n---\n" },
    { path: "issues/E.md", text: "---\nid: E\nblocked_by: [A]\nstate: done\n---\n" },
  ];
  expect(told(issueGraph(issuesOf(documents), []))).toEqual([
    "SYM9208 warning issues/D.md:3:14 `A`, which blocked `D`, is cancelled: it blocks no more",
    "SYM9208 warning issues/D.md:3:17 `B`, which blocked `D`, was put into the archive before it was done: it blocks no more",
  ]);
});

test("a map that names what is not there", () => {
  expect(told(graphOf({ A: "" }, { map: "- A-1: not there\n- [A](../issues/A.md)" }))).toEqual([
    "SYM9209 warning milestones/M3-core.md:3:3 the Issue Map names `A-1`, and no document has that id",
  ]);
});

test("each check is an error, a warning or off, as settings say", () => {
  const fronts = { A: "blocked_by: [A, X]\nblocking: [B]", B: "" };
  const severities = (checks: object): string[] =>
    graphOf(fronts, { checks }).diagnostics.map(({ code, severity }) => `${code} ${severity}`);
  expect(severities({})).toEqual(["SYM9202 error", "SYM9203 warning", "SYM9204 error"]);
  expect(severities({ dangling: "warning", oneSided: "error", selfEdge: "off" })).toEqual([
    "SYM9202 warning",
    "SYM9203 error",
  ]);
});

test("settings name checks, and nothing else", () => {
  const defaults = issueChecksSchema.parse(undefined);
  expect(Object.keys(defaults)).toEqual(CHECK_NAMES);
  expect(issueChecksSchema.parse({ cycle: "warning" })).toEqual({ ...defaults, cycle: "warning" });
  expect(issueChecksSchema.safeParse({ cycles: "off" }).success).toBe(false);
  expect(issueChecksSchema.safeParse({ cycle: "info" }).success).toBe(false);
});
