/** What part of the drawing is seen: a point of it `(x, y)` appears at `(x * zoom + left, y * zoom + top)`. */
export interface Camera {
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
}

/** A width and a height, in pixels or in units of the drawing. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A point of the screen, in pixels, or of the drawing. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

const NEAREST = 4;
const FURTHEST = 0.01;
/** A small graph is not blown up beyond this. */
const FIT_NEAREST = 1.2;
/** Pixels that stay free around it: above for the names of the levels, on the right for the buttons. */
const MARGIN = { left: 24, right: 68, top: 40, bottom: 24 };

/** Shows the whole drawing, in the middle. Pure. */
export function fit(drawing: Size, screen: Size): Camera {
  const width = Math.max(1, screen.width - MARGIN.left - MARGIN.right);
  const height = Math.max(1, screen.height - MARGIN.top - MARGIN.bottom);
  const wanted = Math.min(width / Math.max(1, drawing.width), height / Math.max(1, drawing.height));
  const zoom = Math.min(FIT_NEAREST, Math.max(FURTHEST, wanted));
  return {
    zoom,
    left: MARGIN.left + (width - drawing.width * zoom) / 2,
    top: MARGIN.top + (height - drawing.height * zoom) / 2,
  };
}

/** Nearer or further by a factor; what is at the point of the screen stays there. Pure. */
export function zoomAt(camera: Camera, at: Point, factor: number): Camera {
  const zoom = Math.min(NEAREST, Math.max(FURTHEST, camera.zoom * factor));
  const change = zoom / camera.zoom;
  return { zoom, left: at.x - (at.x - camera.left) * change, top: at.y - (at.y - camera.top) * change };
}

/** Moves the drawing by pixels, but never wholly out of sight. Pure. */
export function moveBy(camera: Camera, by: Point, drawing: Size, screen: Size): Camera {
  const keep = 60;
  const within = (value: number, length: number, room: number): number =>
    Math.min(room - keep, Math.max(keep - length * camera.zoom, value));
  return {
    zoom: camera.zoom,
    left: within(camera.left + by.x, drawing.width, screen.width),
    top: within(camera.top + by.y, drawing.height, screen.height),
  };
}

/** Brings a point of the drawing to the middle, near enough to read. Pure. */
export function centreOn(camera: Camera, point: Point, screen: Size): Camera {
  const zoom = Math.max(camera.zoom, 0.8);
  return { zoom, left: screen.width / 2 - point.x * zoom, top: screen.height / 2 - point.y * zoom };
}

/** The point of the drawing that appears at a point of the screen. Pure. */
export function toDrawing({ zoom, left, top }: Camera, { x, y }: Point): Point {
  return { x: (x - left) / zoom, y: (y - top) / zoom };
}
