import type { CanvasView } from "./canvas-view.ts";
import { NO_FILTER, type GraphModel } from "./graph-model.ts";
import type { Store } from "./state.ts";

/** Selects a node from anywhere on the page and brings it into sight; a filter that hides it is taken away. */
export type Choose = (node: number | null) => void;

/** Makes it. */
export function createChoose(model: GraphModel, store: Store, view: CanvasView): Choose {
  return (node) => {
    const { filter } = store.current();
    const isHidden = node !== null && !model.shown(filter).includes(node);
    store.change({ selected: node, ...(isHidden ? { filter: NO_FILTER } : {}) });
    if (node !== null) view.reveal(node);
  };
}
