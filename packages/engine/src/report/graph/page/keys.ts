import type { CanvasView } from "./canvas-view.ts";
import type { Choose } from "./choose.ts";
import type { GraphModel } from "./graph-model.ts";
import { neighbour, type Way } from "./neighbours.ts";
import type { Store } from "./state.ts";

/** What keys move and change. */
export interface KeyTargets {
  readonly model: GraphModel;
  readonly store: Store;
  readonly view: CanvasView;
  readonly choose: Choose;
  readonly search: HTMLInputElement;
  readonly toggleCritical: () => void;
  readonly showHelp: () => void;
}

const WAYS: ReadonlyMap<string, Way> = new Map([
  ["ArrowLeft", "left"],
  ["ArrowRight", "right"],
  ["ArrowUp", "up"],
  ["ArrowDown", "down"],
]);
const STEP = 80;

/** Lets the keyboard do all that a pointer can. Keys that are typed into a field stay there. */
export function listenToKeys(targets: KeyTargets): void {
  const actions = actionsOf(targets);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyped(event.target)) return;
    const action = actions.get(event.key);
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
  targets.view.canvas.addEventListener("keydown", (event) => {
    const way = WAYS.get(event.key);
    if (way === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (event.shiftKey || !step(way, targets)) targets.view.moveBy(BY[way]);
  });
}

const BY = {
  left: { x: STEP, y: 0 },
  right: { x: -STEP, y: 0 },
  up: { x: 0, y: STEP },
  down: { x: 0, y: -STEP },
} as const;

function actionsOf({ store, view, search, toggleCritical, showHelp }: KeyTargets): ReadonlyMap<string, () => void> {
  const nearer = (): void => view.zoomBy(1.25);
  return new Map([
    ["/", () => beginSearch(search)],
    ["+", nearer],
    ["=", nearer],
    ["-", () => view.zoomBy(0.8)],
    ["0", () => view.fitAll()],
    ["f", () => view.fitAll()],
    ["c", toggleCritical],
    ["?", showHelp],
    ["Escape", () => store.change({ selected: null, marked: null, query: "" })],
  ]);
}

/** What was searched before is replaced by what is typed now. */
function beginSearch(search: HTMLInputElement): void {
  search.focus();
  search.select();
}

function isTyped(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, select, textarea, dialog") !== null;
}

/** Whether the arrow was used up: where nothing is selected, it moves the drawing. */
function step(way: Way, { model, store, view, choose }: KeyTargets): boolean {
  const { selected } = store.current();
  if (selected === null) return false;
  const next = neighbour(selected, way, {
    layout: view.layout(),
    dependsOn: model.data.nodes[selected]?.dependsOn ?? [],
    dependents: model.dependents[selected] ?? [],
    levelOf: (node) => model.data.nodes[node]?.level ?? 0,
  });
  if (next !== null) choose(next);
  return true;
}
