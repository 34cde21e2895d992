import { formatDuration } from "../numbers.ts";
import { oneLine } from "../sanitise.ts";
import { criticalSteps, inside } from "./edges.ts";
import type { GraphNode, GraphView } from "./graph-view.ts";

/**
 * The view as a Mermaid flow chart: a box a level, the critical path with thick edges, gates with dotted ones. Nodes are
 * called `n0`, `n1`, in the order of the view, gates `g0`: Mermaid has no quoting for names. Pure.
 */
export function graphMermaid(view: GraphView): string {
  const names = new Map(view.nodes.map(({ id }, index) => [id, `n${String(index)}`]));
  return ["flowchart LR", ...levelLines(view, names), ...edgeLines(view, names), ...gateLines(view, names)].join("\n");
}

type Names = ReadonlyMap<string, string>;

function levelLines({ nodes }: GraphView, names: Names): string[] {
  return [...Map.groupBy(nodes, ({ level }) => level)].flatMap(([level, members]) => [
    `  subgraph level${String(level)} ["level ${String(level)}"]`,
    ...members.map((node) => `    ${names.get(node.id) ?? ""}["${labelOf(node)}"]`),
    "  end",
  ]);
}

function labelOf({ project, atom, expectedMs }: GraphNode): string {
  const time = expectedMs === undefined ? [] : [formatDuration(expectedMs)];
  return (atom === undefined ? [project] : [atom.title, project, ...time]).map(escaped).join("<br/>");
}

function edgeLines({ nodes, criticalPath }: GraphView, names: Names): string[] {
  const isCritical = criticalSteps(criticalPath);
  return nodes.flatMap((node) =>
    inside(node, names).map(
      ({ id }) => `  ${names.get(id) ?? ""} ${isCritical(id, node.id) ? "==>" : "-->"} ${names.get(node.id) ?? ""}`,
    ),
  );
}

function gateLines({ gates }: GraphView, names: Names): string[] {
  return gates.flatMap(({ title, tasks }, index) => [
    `  g${String(index)}{{"${escaped(title)}"}}`,
    ...tasks.flatMap((task) => (names.has(task) ? [`  ${names.get(task) ?? ""} -.-> g${String(index)}`] : [])),
  ]);
}

/**
 * Entities in Mermaid's spelling for all that its grammar, its Markdown or its HTML could take for its own. Mermaid breaks
 * the line at `\n` even so: a space without width keeps the two apart.
 */
function escaped(text: string): string {
  return oneLine(text)
    .replace(/\\(?=n)/g, "\\\u200b")
    .replace(/[!-&*:-@[-^`{-~]/g, (character) => `#${String(character.charCodeAt(0))};`);
}
