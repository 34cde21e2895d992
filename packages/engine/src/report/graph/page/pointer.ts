import type { Point } from "./camera.ts";
import type { CanvasView } from "./canvas-view.ts";
import type { Choose } from "./choose.ts";

/** A press that moves less than this many pixels is a click. */
const CLICK = 5;

/** Lets mouse, pen and fingers move the drawing: drag, wheel, two fingers, click. */
export function listenToPointer(view: CanvasView, choose: Choose): void {
  const { canvas } = view;
  const pressed = new Map<number, Point>();
  let way = 0;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pressed.set(event.pointerId, pointOf(event));
    if (pressed.size === 1) way = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const now = pointOf(event);
    const before = pressed.get(event.pointerId);
    if (before === undefined) {
      hover(view, now);
      return;
    }
    way += Math.hypot(now.x - before.x, now.y - before.y);
    if (pressed.size === 2) pinch(view, { fixed: otherOf(pressed, event.pointerId), before, now });
    else if (way > CLICK) view.moveBy({ x: now.x - before.x, y: now.y - before.y });
    pressed.set(event.pointerId, now);
  });
  canvas.addEventListener("pointerup", (event) => {
    if (pressed.delete(event.pointerId) && pressed.size === 0 && way <= CLICK) choose(view.nodeAt(pointOf(event)));
  });
  canvas.addEventListener("pointercancel", (event) => void pressed.delete(event.pointerId));
  canvas.addEventListener("pointerleave", () => view.hover(null));
  canvas.addEventListener("wheel", (event) => turn(view, event), { passive: false });
}

function pointOf({ offsetX, offsetY }: MouseEvent): Point {
  return { x: offsetX, y: offsetY };
}

function otherOf(pressed: ReadonlyMap<number, Point>, id: number): Point {
  return [...pressed].find(([other]) => other !== id)?.[1] ?? { x: 0, y: 0 };
}

function hover(view: CanvasView, point: Point): void {
  const node = view.nodeAt(point);
  view.hover(node);
  view.canvas.style.cursor = node === null ? "grab" : "pointer";
}

function pinch(view: CanvasView, move: { readonly fixed: Point; readonly before: Point; readonly now: Point }): void {
  const { fixed, before, now } = move;
  const [was, is] = [distance(fixed, before), distance(fixed, now)];
  if (was > 0 && is > 0) view.zoomBy(is / was, { x: (fixed.x + now.x) / 2, y: (fixed.y + now.y) / 2 });
  view.moveBy({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 });
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** A wheel says how far in pixels, lines or pages; a trackpad's pinch comes as a wheel with the control key. */
function turn(view: CanvasView, event: WheelEvent): void {
  event.preventDefault();
  const unit =
    event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 400 : 1;
  const far = Math.max(-300, Math.min(300, event.deltaY * unit));
  view.zoomBy(Math.exp(-far * (event.ctrlKey ? 0.01 : 0.002)), pointOf(event));
}
