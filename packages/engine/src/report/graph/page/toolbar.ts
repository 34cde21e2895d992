import type { CanvasView } from "./canvas-view.ts";
import { byId } from "./dom.ts";
import type { GraphModel } from "./graph-model.ts";
import { headline, spoken } from "./sentences.ts";
import type { Store } from "./state.ts";

/** What the buttons do that keys do too. */
export interface Toolbar {
  readonly toggleCritical: () => void;
  readonly showHelp: () => void;
}

/** The heading, the buttons, the sentences for screen readers. */
export function createToolbar(model: GraphModel, store: Store, view: CanvasView): Toolbar {
  const critical = byId("critical", HTMLButtonElement);
  const help = byId("help", HTMLDialogElement);
  const label = "critical path";
  const toggleCritical = (): void => {
    const isOn = store.current().marked?.label === label;
    store.change({ selected: null, query: "", marked: isOn ? null : { label, nodes: model.critical } });
  };
  const showHelp = (): void => help.showModal();
  onClick("zoom-in", () => view.zoomBy(1.25));
  onClick("zoom-out", () => view.zoomBy(0.8));
  onClick("zoom-fit", () => view.fitAll());
  onClick("critical", toggleCritical);
  onClick("show-help", showHelp);
  onClick("close-help", () => help.close());
  toggleFilters();
  store.listen(({ marked }) => critical.setAttribute("aria-pressed", String(marked?.label === label)));
  sayAloud(model, store);
  return { toggleCritical, showHelp };
}

function onClick(id: string, act: () => void): void {
  byId(id, HTMLButtonElement).addEventListener("click", act);
}

/** Only a narrow screen hides them behind a button. */
function toggleFilters(): void {
  const button = byId("toggle-filters", HTMLButtonElement);
  const filters = byId("filters", HTMLElement);
  button.addEventListener("click", () => {
    const isOpen = filters.classList.toggle("open");
    button.setAttribute("aria-expanded", String(isOpen));
  });
}

function sayAloud(model: GraphModel, store: Store): void {
  const summary = byId("summary", HTMLElement);
  const status = byId("status", HTMLElement);
  summary.textContent = headline(model, store.current().filter);
  store.listen(({ filter, selected }) => {
    summary.textContent = headline(model, filter);
    status.textContent = selected === null ? "" : spoken(model, selected);
  });
}
