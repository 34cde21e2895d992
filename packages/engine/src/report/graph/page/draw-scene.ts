import { edgesOf } from "./draw-edges.ts";
import { drawNodes, isReadable } from "./draw-nodes.ts";
import { GAP } from "./layout.ts";
import type { Scene } from "./scene.ts";

const HEADING = 12;

/** Draws one picture, at the resolution of the screen. */
export function drawScene(context: CanvasRenderingContext2D, scene: Scene, pixelRatio: number): void {
  const { camera, size, theme } = scene;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, size.width, size.height);
  const zoom = camera.zoom * pixelRatio;
  context.setTransform(zoom, 0, 0, zoom, camera.left * pixelRatio, camera.top * pixelRatio);
  const edges = edgesOf(scene);
  const withText = isReadable(camera);
  edges.drawThin(context);
  if (withText) edges.drawImportant(context);
  drawNodes(context, scene, withText);
  // From afar nodes leave hardly a gap: a way that runs behind them would be lost, and there is no text to hide.
  if (!withText) edges.drawImportant(context);
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  drawHeadings(context, scene);
}

/** The names of the levels stay at the upper edge, in one size: they say where one is, however near. */
function drawHeadings(context: CanvasRenderingContext2D, { layout, camera, theme, size }: Scene): void {
  context.font = `600 ${String(HEADING)}px ${theme.font}`;
  context.textBaseline = "middle";
  context.textAlign = "center";
  let free = 0;
  for (const { level, x, width, count } of layout.bands) {
    const middle = (x + width / 2) * camera.zoom + camera.left;
    const long = `level ${String(level)} · ${String(count)}`;
    const text = context.measureText(long).width + 20 <= (width + GAP.level) * camera.zoom ? long : String(level);
    const half = context.measureText(text).width / 2 + 8;
    if (middle - half < free || middle - half > size.width) continue;
    free = middle + half + 4;
    context.fillStyle = theme.surface;
    context.beginPath();
    context.roundRect(middle - half, 6, half * 2, HEADING + 10, 11);
    context.fill();
    context.fillStyle = theme.muted;
    context.fillText(text, middle, 6 + (HEADING + 10) / 2);
  }
  context.textAlign = "start";
}
