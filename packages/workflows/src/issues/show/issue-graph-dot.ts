import type { IssueRow } from "./issue-rows.ts";
import { shownOf, type SaidAt } from "./shown-edges.ts";

/** The order in the language of Graphviz: a column a level; issues outside of what is asked for have a dashed frame. */
export function issueGraphDot(rows: readonly IssueRow[], saidAt: SaidAt = () => undefined): string {
  const { outside, edges } = shownOf(rows);
  return [
    "digraph issues {",
    "  rankdir=LR;",
    '  node [shape=box, style=rounded, fontname="Helvetica"];',
    ...[...Map.groupBy(rows, ({ level }) => level)].flatMap(([level, members]) => [
      `  subgraph "level ${level === null ? "none" : String(level)}" {`,
      "    rank=same;",
      ...members.map(({ id, title }) => `    ${quoted(id)} [label=${label(id, title)}];`),
      "  }",
    ]),
    ...outside.map((id) => `  ${quoted(id)} [style=dashed];`),
    ...edges.map(([before, after]) => {
      const at = saidAt(before, after);
      return `  ${quoted(before)} -> ${quoted(after)}${at === undefined ? "" : ` [label=${label(at)}]`};`;
    }),
    "}",
  ].join("\n");
}

/** In quotes only `"` ends the text and only `\` changes what follows. */
function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** `&` begins an entity in labels, though not in ids. */
function label(...lines: readonly string[]): string {
  return `"${lines.map((line) => quoted(line).slice(1, -1).replaceAll("&", "&amp;")).join("\\n")}"`;
}
