import type { Choose } from "./choose.ts";
import { details } from "./details.ts";
import { byId } from "./dom.ts";
import type { GraphModel } from "./graph-model.ts";
import { overview } from "./overview.ts";
import type { Store } from "./state.ts";

/** As wide as page.css puts the panel beside the drawing; below it there is less room than a drawing needs. */
const WIDE = "(min-width: 760px)";

/** The panel beside the drawing, or below it where the screen is narrow: the selected node, or the whole. */
export function createPanel(model: GraphModel, store: Store, choose: Choose): void {
  const panel = byId("panel", HTMLElement);
  const toggle = byId("toggle-panel", HTMLButtonElement);
  const open = (isOpen: boolean): void => {
    panel.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
  };
  const show = (isAnother: boolean): void => {
    const { selected } = store.current();
    const focused = focusedButton(panel);
    panel.replaceChildren(...(selected === null ? overview(model, store, choose) : details(model, selected, choose)));
    if (isAnother) panel.scrollTop = 0;
    if (focused >= 0) focusAgain(panel, isAnother ? -1 : focused);
  };
  toggle.addEventListener("click", () => open(panel.hasAttribute("hidden")));
  store.listen((now, before) => {
    const isAnother = now.selected !== before.selected;
    if (!isAnother && now.filter === before.filter && now.marked === before.marked) return;
    if (isAnother && now.selected !== null) open(true);
    show(isAnother);
  });
  open(matchMedia(WIDE).matches);
  show(true);
}

function focusedButton(panel: HTMLElement): number {
  return [...panel.querySelectorAll("button")].findIndex((button) => button === document.activeElement);
}

/** What had the focus was replaced: without this a keyboard would have to begin at the top of the page. */
function focusAgain(panel: HTMLElement, button: number): void {
  if (button < 0) panel.focus({ preventScroll: true });
  else panel.querySelectorAll("button")[button]?.focus();
}
