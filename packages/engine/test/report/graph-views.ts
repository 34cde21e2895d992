import fc from "fast-check";
import { criticalPath } from "../../src/report/graph/critical-path.ts";
import type { GraphNode, GraphView } from "../../src/report/graph/graph-view.ts";
import { formatTaskId } from "../../src/core/task-id.ts";

/** What a test says of a task; the rest of its node follows. */
export interface SaidTask {
  readonly project: string;
  readonly atom: string;
  /** Places in the list, before its own. */
  readonly after?: readonly number[];
  readonly ms?: number;
  readonly because?: string;
}

/** A view of tasks in this order, which must be topological; a gate reads all tasks of the atom `lint`. */
export function viewOf(said: readonly SaidTask[], title = "gates"): GraphView {
  const made: GraphNode[] = [];
  for (const { project, atom, after = [], ms, because } of said) {
    const before = after.flatMap((place) => made[place] ?? []);
    made.push({
      id: formatTaskId({ kind: "project", name: project }, `${atom}_${String(made.length)}`),
      project,
      folder: `libs/${project}`,
      atom: { id: atom, title: atom, kind: "check" },
      level: before.reduce((most, { level }) => Math.max(most, level + 1), 0),
      dependsOn: before.map(({ id }) => ({ id, ...(because === undefined ? {} : { because }) })),
      ...(ms === undefined ? {} : { expectedMs: ms }),
    });
  }
  const nodes = made.sort((a, b) => a.level - b.level);
  const linted = nodes.filter(({ atom }) => atom?.id === "lint").map(({ id }) => id);
  return {
    of: "tasks",
    title,
    levels: nodes.reduce((most, { level }) => Math.max(most, level + 1), 0),
    nodes,
    gates: [{ id: "lint_clean", title: "lint clean", reads: ["lint"], tasks: linted }],
    criticalPath: criticalPath(nodes),
  };
}

/** Names that mean something to a browser, to Graphviz, to Mermaid or to JavaScript. */
export const HOSTILE: readonly string[] = [
  "</script><script>alert(1)</script>",
  "<!-- x",
  "]]>",
  'a"b\\',
  "\\",
  "a\nb\r\u2028c",
  "&lt;&amp;&#34;",
  "naïve-工具-🦊",
  "#quot;",
  'style:a#x;"',
  "end",
  "subgraph",
  "1. one",
  "`**a**`",
  "%%{init}%%",
  "{{data}}",
  "$&$`$'",
  "__proto__",
  "constructor",
  "\u202eback\u0000\u001b[31m",
  "\ud800lone",
  "<img src=x onerror=alert(1)>",
];

const name = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ minLength: 1, unit: "binary" }),
  fc.string({ minLength: 1, unit: fc.constantFrom('"', "\\", "<", ">", "&", "#", ";", "n", "\n", "]", "`", "{", "/") }),
);

/** Views with any names, edges only backwards. */
export const anyView: fc.Arbitrary<GraphView> = fc
  .array(
    fc.record({
      project: name,
      atom: name,
      after: fc.array(fc.nat(7), { maxLength: 3 }),
      because: name,
      ms: fc.nat(9),
    }),
    { maxLength: 8 },
  )
  .chain((said) =>
    name.map((title) =>
      viewOf(
        said.map((task, at) => ({ ...task, after: task.after.filter((place) => place < at) })),
        title,
      ),
    ),
  );
