import type { GraphModel } from "./graph-model.ts";
import type { PageState } from "./state.ts";

/** How a node stands out: `before` and `after` the selected one, `lit` as one that was looked for, `dim` as none of them. */
export type Emphasis = "plain" | "selected" | "before" | "after" | "lit" | "dim";

/** How every node stands out, and how many there are before and after the selected one. */
export interface Emphases {
  of(node: number): Emphasis;
  readonly before: number;
  readonly after: number;
}

/** The selected node goes before marked ones, those before what is searched. Pure. */
export function emphases(model: GraphModel, { selected, marked, query }: PageState): Emphases {
  if (selected !== null) return aroundSelected(model, selected);
  const lit = marked?.nodes ?? (query.trim() === "" ? undefined : new Set(model.search(query)));
  return { of: (node) => (lit === undefined ? "plain" : lit.has(node) ? "lit" : "dim"), before: 0, after: 0 };
}

function aroundSelected(model: GraphModel, selected: number): Emphases {
  const [before, after] = [model.ancestors(selected), model.descendants(selected)];
  const of = (node: number): Emphasis => {
    if (node === selected) return "selected";
    return before.has(node) ? "before" : after.has(node) ? "after" : "dim";
  };
  return { of, before: before.size, after: after.size };
}

/** How an edge stands out: as the way to the selected node or from it, or as between two that are lit. Pure. */
export function edgeEmphasis(from: Emphasis, to: Emphasis): Emphasis {
  if (from === "before" && (to === "before" || to === "selected")) return "before";
  if (to === "after" && (from === "after" || from === "selected")) return "after";
  return from === to && (from === "plain" || from === "lit") ? from : "dim";
}
