import type { Choose } from "./choose.ts";
import type { GraphModel } from "./graph-model.ts";
import type { Store } from "./state.ts";

/** Keeps the selected node in the page's address, so that a link leads to it; selects the one that the address names. */
export function keepPlace({ data }: GraphModel, store: Store, choose: Choose): void {
  const select = (): void => {
    const id = decoded(location.hash.slice(1));
    const node = data.nodes.findIndex((each) => each.id === id);
    if (node >= 0) choose(node);
  };
  store.listen((now, before) => {
    if (now.selected === before.selected) return;
    const id = now.selected === null ? undefined : data.nodes[now.selected]?.id;
    history.replaceState(null, "", id === undefined ? "#" : `#${encodeURIComponent(id)}`);
  });
  addEventListener("hashchange", select);
  select();
}

/** An address may have been cut off or typed: then it names nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
