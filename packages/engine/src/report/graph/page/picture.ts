import { fit, type Camera, type Size } from "./camera.ts";
import { drawScene } from "./draw-scene.ts";
import { emphases, type Emphases } from "./emphasis.ts";
import type { GraphModel } from "./graph-model.ts";
import { layOut, type Layout } from "./layout.ts";
import type { Store } from "./state.ts";
import { readTheme, type Theme } from "./theme.ts";

/** What is on the canvas now, and how to have it drawn anew after a change. */
export interface Picture {
  size: Size;
  /** Width by height of the window when the nodes were placed. */
  shape: number;
  camera: Camera;
  layout: Layout;
  emphases: Emphases;
  hovered: number | null;
  theme: Theme;
  /** That it shows the whole drawing and is to go on doing so. */
  isFitted: boolean;
  /** Takes in the size that the canvas has now. */
  measure(): void;
  /** Draws before the next frame, once however often it is asked. */
  redraw(): void;
}

/** A window that changes its shape by less than this factor leaves every node where it is. */
const OTHER_SHAPE = 1.3;

/** A picture that follows what is chosen, the size of the canvas and the colours of the system. */
export function createPicture(canvas: HTMLCanvasElement, model: GraphModel, store: Store): Picture {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser has no canvas");
  let isAwaited = false;
  const paint = (): void => {
    isAwaited = false;
    drawScene(context, { model, ...picture }, devicePixelRatio);
    tell(canvas, picture);
  };
  const picture: Picture = {
    size: { width: 0, height: 0 },
    shape: 0,
    camera: { zoom: 1, left: 0, top: 0 },
    layout: layoutFor(model, store, 1),
    emphases: emphases(model, store.current()),
    hovered: null,
    theme: readTheme(),
    isFitted: true,
    measure: () => measure(canvas, picture, (aspect) => layoutFor(model, store, aspect)),
    redraw() {
      if (!isAwaited) requestAnimationFrame(paint);
      isAwaited = true;
    },
  };
  followChoices(picture, model, store);
  new ResizeObserver(() => picture.measure()).observe(canvas);
  picture.measure();
  followColours(picture);
  return picture;
}

function layoutFor(model: GraphModel, store: Store, aspect: number): Layout {
  return layOut({
    nodes: model.shown(store.current().filter),
    levelOf: (node) => model.data.nodes[node]?.level ?? 0,
    dependsOn: (node) => model.data.nodes[node]?.dependsOn ?? [],
    aspect,
  });
}

function followChoices(picture: Picture, model: GraphModel, store: Store): void {
  store.listen((now, before) => {
    picture.emphases = emphases(model, now);
    if (now.filter !== before.filter) {
      picture.layout = layoutFor(model, store, picture.size.width / Math.max(1, picture.size.height));
      picture.camera = fit(picture.layout, picture.size);
      picture.isFitted = true;
    }
    picture.redraw();
  });
}

function measure(canvas: HTMLCanvasElement, picture: Picture, layoutOf: (aspect: number) => Layout): void {
  const size = { width: Math.max(1, canvas.clientWidth), height: Math.max(1, canvas.clientHeight) };
  const [width, height] = [Math.round(size.width * devicePixelRatio), Math.round(size.height * devicePixelRatio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const before = picture.size;
  picture.size = size;
  // The window's and not the canvas's shape: a panel that opens must not send the nodes elsewhere.
  const shape = innerWidth / innerHeight;
  if (shape > picture.shape * OTHER_SHAPE || shape < picture.shape / OTHER_SHAPE) {
    picture.shape = shape;
    picture.layout = layoutOf(size.width / size.height);
  }
  picture.camera = picture.isFitted ? fit(picture.layout, size) : keepMiddle(picture.camera, before, size);
  picture.redraw();
}

function keepMiddle(camera: Camera, before: Size, now: Size): Camera {
  const [right, down] = [(now.width - before.width) / 2, (now.height - before.height) / 2];
  return { zoom: camera.zoom, left: camera.left + right, top: camera.top + down };
}

function followColours(picture: Picture): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    picture.theme = readTheme();
    picture.redraw();
  });
}

/** Numbers of what was drawn, on the element: a picture tells them to nobody. */
function tell(canvas: HTMLCanvasElement, { layout, camera, emphases: { before, after } }: Picture): void {
  canvas.dataset["nodes"] = String(layout.places.size);
  canvas.dataset["zoom"] = camera.zoom.toFixed(3);
  canvas.dataset["left"] = camera.left.toFixed(1);
  canvas.dataset["top"] = camera.top.toFixed(1);
  canvas.dataset["before"] = String(before);
  canvas.dataset["after"] = String(after);
}
