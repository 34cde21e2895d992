import { count, formatDuration } from "../../numbers.ts";
import type { Choose } from "./choose.ts";
import { element } from "./dom.ts";
import type { GraphModel } from "./graph-model.ts";
import { nodeList } from "./node-list.ts";
import type { PageData } from "./page-data.ts";
import type { Store } from "./state.ts";
import { ATOM_COLOURS } from "./theme.ts";

/** What stands beside the drawing while nothing is selected: colours, gates, the critical path. */
export function overview(model: GraphModel, store: Store, choose: Choose): HTMLElement[] {
  const { data } = model;
  return [
    element("h2", { text: data.title }),
    element("p", {
      class: "hint",
      text: `Choose a ${data.of === "tasks" ? "task" : "project"} to see what comes before and after it.`,
    }),
    ...colours(data, store),
    ...gates(model, store),
    element("h3", { class: "critical", text: "critical path" }),
    element("p", { class: "hint", text: criticalText(data) }),
    ...nodeList(model, choose, {
      nodes: data.critical.nodes,
      note: (at) => durationOf(data, data.critical.nodes[at]),
    }),
  ];
}

/** The atoms with their colours; a click shows only these tasks. */
function colours({ atoms, nodes }: PageData, store: Store): HTMLElement[] {
  if (atoms.length === 0) return [];
  const amounts = Map.groupBy(nodes, ({ atom }) => atom);
  const rows = atoms.map(({ title }, index) => {
    const { filter } = store.current();
    const isOn = filter.atom === index;
    const swatch = element("i", { class: `swatch atom-${String(index % ATOM_COLOURS)}` });
    const texts = [
      swatch,
      element("strong", { text: title }),
      element("em", { text: String(amounts.get(index)?.length ?? 0) }),
    ];
    const onclick = (): void => store.change({ filter: { ...filter, atom: isOn ? null : index } });
    const button = element("button", { type: "button", class: "node", "aria-pressed": String(isOn), onclick }, texts);
    return element("li", {}, [button]);
  });
  return [element("h3", { text: "atoms" }), element("ul", { class: "nodes" }, rows)];
}

/** The gates; a click singles out the tasks that one reads. */
function gates({ data }: GraphModel, store: Store): HTMLElement[] {
  if (data.gates.length === 0) return [];
  const rows = data.gates.map(({ title, nodes }) => {
    const isOn = store.current().marked?.label === title;
    const onclick = (): void =>
      store.change({ selected: null, marked: isOn ? null : { label: title, nodes: new Set(nodes) } });
    const texts = [element("strong", { text: title }), element("em", { text: `reads ${count(nodes.length, "task")}` })];
    return element("li", {}, [
      element("button", { type: "button", class: "node", "aria-pressed": String(isOn), onclick }, texts),
    ]);
  });
  return [element("h3", { text: "gates" }), element("ul", { class: "nodes" }, rows)];
}

function criticalText({ of, critical: { nodes, by, expectedMs } }: PageData): string {
  if (nodes.length === 0) return "There is nothing in this graph.";
  const many = count(nodes.length, of === "tasks" ? "task" : "project");
  if (by === "count")
    return `The longest way through it has ${many}${of === "tasks" ? "; how long they take is not known yet" : ""}.`;
  const time = expectedMs === null ? "" : ` ${by === "estimate" ? "about " : ""}${formatDuration(expectedMs)}`;
  if (nodes.length === 1) return `A run of everything takes at least${time}, as long as its longest task.`;
  const rest = by === "estimate" ? " Tasks that have not run here count as the middle one of those that have." : "";
  return `A run of everything takes at least${time}: ${count(nodes.length, "task")} that can only come one after another.${rest}`;
}

function durationOf({ nodes, of }: PageData, node: number | undefined): string {
  const expectedMs = node === undefined ? null : (nodes[node]?.expectedMs ?? null);
  if (expectedMs !== null) return formatDuration(expectedMs);
  return of === "tasks" ? "not known" : "";
}
