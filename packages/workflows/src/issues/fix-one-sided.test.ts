import { expect, test } from "vitest";
import { issuesOf } from "../../test/support/documents.ts";
import { fixtureDocuments } from "../../test/support/fixtures.ts";
import { fixOneSided } from "./fix-one-sided.ts";
import { issueGraph } from "./issue-graph.ts";
import type { SourceDocument } from "./issue.ts";

const A = { path: "issues/A.md", text: "---\nid: M3-09\nblocking: [M3-01]\n---\n" };

/** The document of an issue that M3-09 blocks, after mending. */
function mended(front: string): string {
  const other = { path: "issues/B.md", text: `---\nid: M3-01\n${front}---\nbody [ ] \n` };
  const { edits, diagnostics } = mend([A, other]);
  expect(diagnostics).toEqual([]);
  expect(edits.map(({ path, added }) => [path, added])).toEqual([
    ["issues/B.md", [{ field: "blocked_by", id: "M3-09" }]],
  ]);
  const text = edits[0]?.text ?? "";
  expect(text.startsWith("---\nid: M3-01\n") && text.endsWith("---\nbody [ ] \n")).toBe(true);
  return text.slice("---\nid: M3-01\n".length, -"---\nbody [ ] \n".length);
}

function mend(documents: readonly SourceDocument[]) {
  return fixOneSided(documents, issueGraph(issuesOf(documents), []));
}

test.each([
  ["title: x\n", "title: x\nblocked_by: [M3-09]\n"],
  ["blocked_by:\ntitle: x\n", "blocked_by: [M3-09]\ntitle: x\n"],
  ["blocked_by:  # none yet\n", "blocked_by: [M3-09]  # none yet\n"],
  ["blocked_by: null\n", "blocked_by: [M3-09]\n"],
  ["blocked_by: None # yet\n", "blocked_by: [M3-09] # yet\n"],
  ['blocked_by: ""\n', "blocked_by: [M3-09]\n"],
  ["blocked_by: []\n", "blocked_by: [M3-09]\n"],
  ["blocked_by: [ ]\n", "blocked_by: [M3-09 ]\n"],
  ["blocked_by: [None]\n", "blocked_by: [M3-09]\n"],
  ["blocked_by: M3-02 # why\n", "blocked_by: [M3-02, M3-09] # why\n"],
  ["blocked_by: 'M3-02'\n", "blocked_by: ['M3-02', 'M3-09']\n"],
  ["Blocked-By:   M3-02, M3-03\n", "Blocked-By:   M3-02, M3-03, M3-09\n"],
  ['blocked_by: "M3-02, M3-03"\n', 'blocked_by: "M3-02, M3-03, M3-09"\n'],
  ["blocked_by: #2\n", "blocked_by: #2, M3-09\n"],
  ["blocked_by: [[M3-02]]\n", "blocked_by: [[M3-02]], [[M3-09]]\n"],
  ["blocked_by: [it](M3-02.md)\n", "blocked_by: [it](M3-02.md), M3-09\n"],
  ["blocked_by: [M3-02, M3-03 ,]\n", "blocked_by: [M3-02, M3-03, M3-09 ,]\n"],
  ['blocked_by: ["M3-02"] # x\n', 'blocked_by: ["M3-02", "M3-09"] # x\n'],
  ["blocked_by: [\n  M3-02, # a\n  M3-03,\n]\n", "blocked_by: [\n  M3-02, # a\n  M3-03,\n  M3-09,\n]\n"],
  [
    "blocked_by:\n  - M3-02\n  - 'M3-03' # b\ntitle: x\n",
    "blocked_by:\n  - M3-02\n  - 'M3-03' # b\n  - 'M3-09'\ntitle: x\n",
  ],
  ["blocked_by:\n-   M3-02\n", "blocked_by:\n-   M3-02\n-   M3-09\n"],
  ["blocked_by:\n  - null\n", "blocked_by:\n  - M3-09\n"],
  ["blocked_by:\n  -\n", "blocked_by:\n  -\n  - M3-09\n"],
  ["blocked_by:\n  - id: M3-02\n    reason: x\n", "blocked_by:\n  - id: M3-02\n    reason: x\n  - M3-09\n"],
  ["blocking: []\ntitle: x\n", "blocking: []\nblocked_by: [M3-09]\ntitle: x\n"],
  ["blocked_by: |\n  M3-02\n  M3-03\n", "blocked_by: |\n  M3-02\n  M3-03, M3-09\n"],
  ["blocked_by: TBD\n", "blocked_by: [TBD, M3-09]\n"],
  ["  title: x\n", "  title: x\nblocked_by: [M3-09]\n"],
])("%j becomes %j", (before, after) => {
  expect(mended(before)).toBe(after);
});

test("a list of what is blocked is completed where the document has one, be it called `blocked`", () => {
  const first = { path: "issues/a.md", text: "---\nid: A\nblocked: [B]\n---\n" };
  const others = ["B", "C"].map((id) => ({ path: `issues/${id}.md`, text: `---\nid: ${id}\nblocked_by: A\n---\n` }));
  const { edits } = mend([first, ...others]);
  expect(edits).toEqual([
    { path: "issues/a.md", text: "---\nid: A\nblocked: [B, C]\n---\n", added: [{ field: "blocking", id: "C" }] },
  ]);
});

test("the ends of lines and the byte order mark stay, and new lines have the same", () => {
  const text = "\ufeff---\r\nid: M3-01\r\nblocked_by:\r\n  - M3-02\r\n---\r\nbody\n";
  const { edits } = mend([A, { path: "issues/b.md", text }]);
  expect(edits[0]?.text).toBe("\ufeff---\r\nid: M3-01\r\nblocked_by:\r\n  - M3-02\r\n  - M3-09\r\n---\r\nbody\n");
});

test("front matter without fences, and one that ends the file", () => {
  const first = { path: "issues/b.md", text: "id: M3-01\ntitle: x\n---\n" };
  expect(mend([A, first]).edits[0]?.text).toBe("id: M3-01\ntitle: x\nblocked_by: [M3-09]\n---\n");
  const last = { path: "issues/b.md", text: "---\nid: M3-01" };
  expect(mend([A, last]).edits[0]?.text).toBe("---\nid: M3-01\nblocked_by: [M3-09]");
  const derived = { path: "issues/M3-01.md", text: "---\n---\nbody\n" };
  expect(mend([A, derived]).edits[0]?.text).toBe("---\nblocked_by: [M3-09]\n---\nbody\n");
});

test("several edges of one document, and a second time nothing", () => {
  const documents = [
    { path: "issues/a.md", text: "---\nid: A\nblocking: C\n---\n" },
    { path: "issues/b.md", text: "---\nid: B\nblocks: [C, D]\n---\n" },
    { path: "issues/c.md", text: "---\nid: C\n---\n" },
    { path: "issues/d.md", text: "---\nid: D\nblocked_by: [E]\n---\n" },
    { path: "issues/e.md", text: "---\nid: E\nblocking: null\n---\n" },
  ];
  const { edits } = mend(documents);
  expect(edits.map(({ path, text }) => [path, text])).toEqual([
    ["issues/c.md", "---\nid: C\nblocked_by: [A, B]\n---\n"],
    ["issues/d.md", "---\nid: D\nblocked_by: [E, B]\n---\n"],
    ["issues/e.md", "---\nid: E\nblocking: [D]\n---\n"],
  ]);
  const after = documents.map((document) => edits.find(({ path }) => path === document.path) ?? document);
  expect(mend(after)).toEqual({ edits: [], diagnostics: [] });
});

test.each([
  ["blocked_by:\n  - null # c\n", "blocked_by:\n  - A\n  - B # c\n"],
  ["blocked_by:\n  - X\n", "blocked_by:\n  - X\n  - A\n  - B\n"],
  ["blocked_by: [\n  X\n]\n", "blocked_by: [\n  X,\n  A,\n  B\n]\n"],
  ["blocked_by: 'X, Y'\n", "blocked_by: 'X, Y, A, B'\n"],
  ["blocked_by: X\n", "blocked_by: [X, A, B]\n"],
  ["blocked_by: []\n", "blocked_by: [A, B]\n"],
])("two edges at once: %j becomes %j", (before, after) => {
  const others = ["A", "B"].map((id) => ({ path: `issues/${id}.md`, text: `---\nid: ${id}\nblocking: C\n---\n` }));
  const { edits } = mend([...others, { path: "issues/c.md", text: `---\nid: C\n${before}---\n` }]);
  expect(edits.map(({ text }) => text)).toEqual([`---\nid: C\n${after}---\n`]);
});

test("what cannot be mended is told and left as it is", () => {
  const text = "---\nid: M3-01\nblocked_by: {a\n---\n";
  const { edits, diagnostics } = mend([A, { path: "issues/b.md", text }]);
  expect(edits).toEqual([]);
  expect(diagnostics).toMatchObject([
    { code: "SYM9210", severity: "warning", location: { file: "issues/b.md", line: 2, column: 5 } },
  ]);
});

test("the fixtures: after mending, no edge is one-sided", () => {
  const documents = fixtureDocuments();
  const { edits, diagnostics } = mend(documents);
  expect(edits.length).toBeGreaterThan(0);
  const after = documents.map((document) => edits.find(({ path }) => path === document.path) ?? document);
  const graph = issueGraph(issuesOf(after), []);
  expect(graph.oneSided).toHaveLength(diagnostics.length);
  expect(graph.edges.length).toBe(issueGraph(issuesOf(documents), []).edges.length);
});
