import { byCodeUnit } from "../../core/json.ts";
import { oneLine } from "../sanitise.ts";
import { inside } from "./edges.ts";
import type { GraphNode, GraphView } from "./graph-view.ts";
import type { PageData, PageNode } from "./page/page-data.ts";

/** The view as the page wants it: nodes by place, texts safe to show. Pure. */
export function pageData({ of, title, nodes, gates, criticalPath }: GraphView): PageData {
  const places = new Map(nodes.map(({ id }, index) => [id, index]));
  const placesOf = (ids: readonly string[]): number[] => ids.flatMap((id) => places.get(id) ?? []);
  const titles = new Map(nodes.flatMap(({ atom }) => (atom === undefined ? [] : [[atom.id, atom.title] as const])));
  const atoms = [...titles].sort(([a], [b]) => byCodeUnit(a, b)).map(([id, text]) => ({ id, title: oneLine(text) }));
  const atomPlaces = new Map(atoms.map(({ id }, index) => [id, index]));
  return {
    of,
    title: oneLine(title),
    nodes: nodes.map((node) => nodeOf(node, places, atomPlaces)),
    atoms,
    gates: gates.map((gate) => ({ title: oneLine(gate.title), nodes: placesOf(gate.tasks) })),
    critical: {
      nodes: placesOf(criticalPath.ids),
      by: criticalPath.by,
      expectedMs: criticalPath.expectedMs ?? null,
    },
  };
}

function nodeOf(node: GraphNode, places: ReadonlyMap<string, number>, atoms: ReadonlyMap<string, number>): PageNode {
  const edges = inside(node, places);
  const says = edges.some(({ because }) => because !== undefined);
  return {
    id: oneLine(node.id),
    title: oneLine(node.atom?.title ?? node.project),
    project: oneLine(node.project),
    folder: oneLine(node.folder),
    atom: node.atom === undefined ? null : (atoms.get(node.atom.id) ?? null),
    kind: node.atom?.kind ?? null,
    level: node.level,
    dependsOn: edges.flatMap(({ id }) => places.get(id) ?? []),
    because: says ? edges.map(({ because }) => (because === undefined ? null : oneLine(because))) : null,
    expectedMs: node.expectedMs ?? null,
    affected: node.affected === undefined ? null : oneLine(node.affected),
    skipped: node.skipped === undefined ? null : oneLine(node.skipped),
  };
}
