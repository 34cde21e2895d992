import type { Choose } from "./choose.ts";
import { element } from "./dom.ts";
import type { GraphModel } from "./graph-model.ts";

/** What a list of nodes shows. */
export interface NodeList {
  /** Without it the list has no heading. */
  readonly title?: string;
  readonly nodes: readonly number[];
  /** What stands behind a node, as why it is there or how long it takes. */
  readonly note?: (at: number) => string;
}

const FIRST = 40;

/** A heading and the nodes as buttons; of a long list the beginning, and a button for the rest. Nothing for no nodes. */
export function nodeList(
  model: GraphModel,
  choose: Choose,
  { title = "", nodes, note = () => "" }: NodeList,
): HTMLElement[] {
  if (nodes.length === 0) return [];
  const row = (node: number, at: number): HTMLElement => {
    const { title: name = "", project = "", atom = null } = model.data.nodes[node] ?? {};
    const texts = [element("strong", { text: name })];
    if (atom !== null) texts.push(element("span", { text: project }));
    if (note(at) !== "") texts.push(element("em", { text: note(at) }));
    const button = element("button", { type: "button", class: "node", onclick: () => choose(node) }, texts);
    return element("li", {}, [button]);
  };
  const list = element("ul", { class: "nodes" }, nodes.slice(0, FIRST).map(row));
  const rest = nodes.slice(FIRST);
  const heading = title === "" ? [] : [element("h3", { text: `${title} (${String(nodes.length)})` })];
  if (rest.length === 0) return [...heading, list];
  const more = element("button", {
    type: "button",
    class: "more",
    text: `show ${String(rest.length)} more`,
    onclick() {
      list.append(...rest.map((node, index) => row(node, FIRST + index)));
      more.remove();
    },
  });
  return [...heading, list, more];
}
