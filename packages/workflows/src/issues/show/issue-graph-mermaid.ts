import type { IssueRow } from "./issue-rows.ts";
import { shownOf, type SaidAt } from "./shown-edges.ts";

/**
 * The order as a Mermaid flow chart: a box a level; issues outside of what is asked for stand in none. Nodes are called `n0`, `n1`, in the
 * order of the rows: Mermaid has no quoting for names. An edge is labelled with its place where `saidAt` has one.
 */
export function issueGraphMermaid(rows: readonly IssueRow[], saidAt: SaidAt = () => undefined): string {
  const { outside, edges } = shownOf(rows);
  const names = new Map([...rows.map(({ id }) => id), ...outside].map((id, index) => [id, `n${String(index)}`]));
  const nameOf = (id: string): string => names.get(id) ?? "";
  return [
    "flowchart LR",
    ...[...Map.groupBy(rows, ({ level }) => level)].flatMap(([level, members]) => [
      level === null
        ? `  subgraph cycle ["in or behind a cycle"]`
        : `  subgraph level${String(level)} ["level ${String(level)}"]`,
      ...members.map(({ id, title }) => `    ${nameOf(id)}["${escaped(id)}<br/>${escaped(title)}"]`),
      "  end",
    ]),
    ...outside.map((id) => `  ${nameOf(id)}("${escaped(id)}")`),
    ...edges.map(([before, after]) => {
      const at = saidAt(before, after);
      return `  ${nameOf(before)} -->${at === undefined ? "" : `|"${escaped(at)}"|`} ${nameOf(after)}`;
    }),
  ].join("\n");
}

/** Entities in Mermaid's spelling for all that its grammar, its Markdown or its HTML could take for its own. */
function escaped(text: string): string {
  return text
    .replace(/\\(?=n)/g, "\\\u200b")
    .replace(/[!-&*:-@[-^`{-~]/g, (character) => `#${String(character.charCodeAt(0))};`);
}
