import { formatDuration } from "../numbers.ts";
import { oneLine } from "../sanitise.ts";
import { criticalSteps, inside } from "./edges.ts";
import type { GraphGate, GraphNode, GraphView } from "./graph-view.ts";

/** The view in the language of Graphviz: a column a level, the critical path bold, gates with dashed edges. Pure. */
export function graphDot(view: GraphView): string {
  return [
    `digraph ${quoted(view.title)} {`,
    `  rankdir=LR;`,
    `  node [shape=box, style=rounded, fontname="Helvetica"];`,
    ...levelLines(view),
    ...edgeLines(view),
    ...view.gates.flatMap(gateLines),
    "}",
  ].join("\n");
}

function levelLines({ nodes, criticalPath }: GraphView): string[] {
  const critical = new Set(criticalPath.ids);
  return [...Map.groupBy(nodes, ({ level }) => level)].flatMap(([level, members]) => [
    `  subgraph "level ${String(level)}" {`,
    `    rank=same;`,
    ...members.map((node) => `    ${nodeLine(node, critical.has(node.id))}`),
    "  }",
  ]);
}

function nodeLine(node: GraphNode, critical: boolean): string {
  const { id, project, atom, expectedMs } = node;
  const time = expectedMs === undefined ? [] : [formatDuration(expectedMs)];
  const lines = atom === undefined ? [project] : [atom.title, project, ...time];
  return `${quoted(id)} [label=${label(lines)}${critical ? ", penwidth=2" : ""}];`;
}

function edgeLines({ nodes, criticalPath }: GraphView): string[] {
  const known = new Set(nodes.map(({ id }) => id));
  const isCritical = criticalSteps(criticalPath);
  return nodes.flatMap((node) =>
    inside(node, known).map(
      ({ id }) => `  ${quoted(id)} -> ${quoted(node.id)}${isCritical(id, node.id) ? " [penwidth=2]" : ""};`,
    ),
  );
}

function gateLines({ id, title, tasks }: GraphGate): string[] {
  const gate = quoted(`gate ${id}`);
  return [
    `  ${gate} [shape=diamond, style="", label=${label([title])}];`,
    ...tasks.map((task) => `  ${quoted(task)} -> ${gate} [style=dashed];`),
  ];
}

/** In quotes only `"` ends the text and only `\\` changes what follows; both are the same in an id and in a label. */
function quoted(text: string): string {
  return `"${oneLine(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** `&` begins an entity in labels, though not in ids. */
function label(lines: readonly string[]): string {
  return `"${lines.map((line) => quoted(line).slice(1, -1).replaceAll("&", "&amp;")).join("\\n")}"`;
}
