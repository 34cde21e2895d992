import { formatDuration } from "../../numbers.ts";
import type { Choose } from "./choose.ts";
import { element } from "./dom.ts";
import type { GraphModel } from "./graph-model.ts";
import { nodeList } from "./node-list.ts";
import type { PageData, PageNode } from "./page-data.ts";

/** All that is known of one node, with buttons to those around it. */
export function details(model: GraphModel, selected: number, choose: Choose): HTMLElement[] {
  const node = model.data.nodes[selected];
  if (node === undefined) return [];
  const dependents = model.dependents[selected] ?? [];
  return [
    element("h2", { text: node.title }),
    element("p", { class: "id", text: node.id }),
    facts(model, node, selected),
    ...nodeList(model, choose, {
      title: "depends on",
      nodes: node.dependsOn,
      note: (at) => node.because?.[at] ?? "",
    }),
    ...nodeList(model, choose, {
      title: "dependents",
      nodes: dependents,
      note: (at) => reasonOf(model.data, dependents[at], selected),
    }),
  ];
}

function facts(model: GraphModel, node: PageNode, selected: number): HTMLElement {
  const isTask = model.data.of === "tasks";
  const [before, after] = [model.ancestors(selected).size, model.descendants(selected).size];
  const gates = model.data.gates.filter(({ nodes }) => nodes.includes(selected)).map(({ title }) => title);
  const rows: readonly (readonly [name: string, value: string | null, colour?: string])[] = [
    ["level", String(node.level)],
    ["folder", node.folder],
    ["kind", node.kind],
    ["expected", isTask ? expected(node) : null],
    ["critical path", criticalText(model, selected), model.critical.has(selected) ? "critical" : ""],
    ["before it", `${String(before)} in all`, "before"],
    ["after it", `${String(after)} in all`, "after"],
    ["read by", gates.length === 0 ? null : gates.join(", ")],
    ["affected", node.affected],
    ["skipped", node.skipped],
  ];
  const shown = rows.flatMap(([name, value, colour = ""]) =>
    value === null ? [] : [element("dt", { text: name }), element("dd", { text: value, class: colour })],
  );
  return element("dl", {}, shown);
}

function expected({ expectedMs, skipped }: PageNode): string {
  if (skipped !== null) return "does not run";
  return expectedMs === null ? "not known: it has not run here" : formatDuration(expectedMs);
}

function criticalText({ data, critical }: GraphModel, selected: number): string {
  const at = data.critical.nodes.indexOf(selected);
  return critical.has(selected) ? `yes, ${String(at + 1)} of ${String(critical.size)}` : "no";
}

function reasonOf({ nodes }: PageData, dependent: number | undefined, selected: number): string {
  const node = dependent === undefined ? undefined : nodes[dependent];
  return node?.because?.[node.dependsOn.indexOf(selected)] ?? "";
}
