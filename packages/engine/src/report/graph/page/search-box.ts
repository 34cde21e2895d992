import type { Choose } from "./choose.ts";
import { byId, element } from "./dom.ts";
import type { GraphModel } from "./graph-model.ts";
import type { Store } from "./state.ts";

/** More than this many results are counted, not listed: a longer list is read by nobody. */
const LISTED = 50;

/** The field that looks for nodes, with the list of what it finds: typed, walked with arrows, chosen with Enter or a click. */
export function createSearchBox(model: GraphModel, store: Store, choose: Choose): HTMLInputElement {
  const input = byId("search", HTMLInputElement);
  const list = byId("results", HTMLUListElement);
  const isAsked = (): boolean => input.value.trim() !== "";
  let found: readonly number[] = [];
  let active = 0;
  const show = (isOpen: boolean): void => {
    list.replaceChildren(...(isOpen ? rows(model, found, { active, take }) : []));
    list.hidden = !isOpen;
    tellOf(input, isOpen && found.length > 0 ? `result-${String(active)}` : "", isOpen);
  };
  const take = (at: number): void => {
    const node = found[at];
    if (node === undefined) return;
    show(false);
    choose(node);
    // From here the arrow keys go on from node to node.
    byId("drawing", HTMLCanvasElement).focus({ preventScroll: true });
  };
  const ask = (): void => {
    found = model.search(input.value);
    active = 0;
    store.change({ query: input.value, selected: null, marked: null });
    show(isAsked());
  };
  const move = (by: number): void => {
    const listed = Math.min(found.length, LISTED);
    active = listed === 0 ? 0 : (active + by + listed) % listed;
    show(isAsked());
  };
  const leave = (): void => {
    if (list.hidden) {
      input.value = "";
      ask();
      input.blur();
    }
    show(false);
  };
  onKeys(input, { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => take(active), Escape: leave });
  input.addEventListener("input", ask);
  input.addEventListener("focus", () => show(isAsked()));
  input.addEventListener("blur", () => show(false));
  store.listen(({ query }) => {
    if (query !== input.value) input.value = query;
  });
  return input;
}

function onKeys(input: HTMLInputElement, actions: Readonly<Record<string, () => void>>): void {
  input.addEventListener("keydown", (event) => {
    const act = actions[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

/** The list is no part of the field: what is active in it, a screen reader learns from the field's attributes. */
function tellOf(input: HTMLInputElement, active: string, isOpen: boolean): void {
  input.setAttribute("aria-expanded", String(isOpen));
  input.setAttribute("aria-activedescendant", active);
  if (active !== "") document.getElementById(active)?.scrollIntoView({ block: "nearest" });
}

interface ListState {
  readonly active: number;
  readonly take: (at: number) => void;
}

function rows(model: GraphModel, found: readonly number[], { active, take }: ListState): HTMLElement[] {
  const listed = found.slice(0, LISTED).flatMap((node, at) => {
    const { title, id } = model.data.nodes[node] ?? { title: "", id: "" };
    const texts = [element("strong", { text: title }), element("span", { text: id })];
    const selected = String(at === active);
    const row = element("li", { id: `result-${String(at)}`, role: "option", "aria-selected": selected }, texts);
    // Before the field loses the focus, which would close the list under the pointer.
    row.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(at);
    });
    return [row];
  });
  const rest = found.length - listed.length;
  if (found.length === 0) return [note("nothing has this name")];
  return rest > 0 ? [...listed, note(`and ${String(rest)} more`)] : listed;
}

function note(text: string): HTMLElement {
  return element("li", { role: "presentation", class: "note", text });
}
