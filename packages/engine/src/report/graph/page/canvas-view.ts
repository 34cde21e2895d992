import { centreOn, fit, moveBy, toDrawing, zoomAt, type Camera, type Point } from "./camera.ts";
import { createPicture, type Picture } from "./picture.ts";
import type { GraphModel } from "./graph-model.ts";
import { NODE, type Layout, type Place } from "./layout.ts";
import type { Store } from "./state.ts";

/** The drawing as the rest of the page moves it. Points are pixels of the canvas. */
export interface CanvasView {
  readonly canvas: HTMLCanvasElement;
  layout(): Layout;
  /** Shows the whole drawing, and again whenever the canvas changes its size, until a person moves it. */
  fitAll(): void;
  /** Nearer or further, around a point or the middle. */
  zoomBy(factor: number, at?: Point): void;
  moveBy(by: Point): void;
  centreOn(node: number): void;
  /** As `centreOn`, where the node is not in sight or too small to read. */
  reveal(node: number): void;
  nodeAt(point: Point): number | null;
  hover(node: number | null): void;
}

/**
 * Draws the graph on a canvas. A canvas and not SVG: three thousand tasks with their edges are tens of thousands of
 * elements, which a browser lays out, styles and hit-tests at every move, while one picture of them is painted in
 * milliseconds. What a canvas lacks, text that can be reached, is in the search and in the panel beside it.
 */
export function createCanvasView(canvas: HTMLCanvasElement, model: GraphModel, store: Store): CanvasView {
  const picture = createPicture(canvas, model, store);
  const look = (camera: Camera): void => {
    picture.isFitted = false;
    picture.camera = camera;
    picture.redraw();
  };
  const centre = (node: number): void => {
    const place = picture.layout.places.get(node);
    if (place !== undefined) look(centreOn(picture.camera, middleOf(place), picture.size));
  };
  return {
    canvas,
    layout: () => picture.layout,
    fitAll() {
      look(fit(picture.layout, picture.size));
      picture.isFitted = true;
    },
    zoomBy(factor, at = { x: picture.size.width / 2, y: picture.size.height / 2 }) {
      look(zoomAt(picture.camera, at, factor));
    },
    moveBy: (by) => look(moveBy(picture.camera, by, picture.layout, picture.size)),
    centreOn: centre,
    reveal(node) {
      picture.measure();
      if (!isInSight(picture, node)) centre(node);
    },
    nodeAt: (point) => nodeAt(picture, point),
    hover(node) {
      if (picture.hovered === node) return;
      picture.hovered = node;
      picture.redraw();
    },
  };
}

function middleOf({ x, y }: Place): Point {
  return { x: x + NODE.width / 2, y: y + NODE.height / 2 };
}

function isInSight({ layout, camera, size }: Picture, node: number): boolean {
  const place = layout.places.get(node);
  if (place === undefined || camera.zoom < 0.5) return false;
  const [left, top] = [place.x * camera.zoom + camera.left, place.y * camera.zoom + camera.top];
  const [right, bottom] = [left + NODE.width * camera.zoom, top + NODE.height * camera.zoom];
  return left >= 0 && top >= 0 && right <= size.width && bottom <= size.height;
}

function nodeAt({ layout, camera }: Picture, point: Point): number | null {
  const { x, y } = toDrawing(camera, point);
  for (const [node, place] of layout.places) {
    const isInside = x >= place.x && x <= place.x + NODE.width && y >= place.y && y <= place.y + NODE.height;
    if (isInside) return node;
  }
  return null;
}
