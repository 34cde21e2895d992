import { edgeEmphasis, type Emphasis } from "./emphasis.ts";
import { NODE, type Place } from "./layout.ts";
import { isSeen, type Scene } from "./scene.ts";

/** An edge that is seen, by its two ends. */
interface Line {
  readonly from: Place;
  readonly to: Place;
}

/** What is drawn with one pen. */
type Pen = Emphasis | "critical";

/** From the faintest to what must lie on top. */
const THIN: readonly Pen[] = ["dim", "plain", "lit"];
const IMPORTANT: readonly Pen[] = ["critical", "before", "after"];

/** A path of more pieces takes a browser longer than several paths do. */
const PIECES = 400;

/** The edges that cross the screen, drawn in two goes: those that matter may have to lie on other things. */
export interface Edges {
  drawThin(context: CanvasRenderingContext2D): void;
  drawImportant(context: CanvasRenderingContext2D): void;
}

/** Finds the edges that cross the screen. */
export function edgesOf(scene: Scene): Edges {
  const lines = seenLines(scene);
  const amount = [...lines.values()].reduce((sum, each) => sum + each.length, 0);
  const draw = (context: CanvasRenderingContext2D, pens: readonly Pen[]): void => {
    for (const pen of pens) {
      const own = lines.get(pen) ?? [];
      usePen(context, scene, { pen, amount });
      for (let at = 0; at < own.length; at += PIECES) strokeAll(context, own.slice(at, at + PIECES));
    }
    context.globalAlpha = 1;
  };
  return {
    drawThin: (context) => draw(context, THIN),
    drawImportant: (context) => draw(context, IMPORTANT),
  };
}

function seenLines(scene: Scene): ReadonlyMap<Pen, readonly Line[]> {
  const { model, layout, emphases } = scene;
  const lines = new Map<Pen, Line[]>([...THIN, ...IMPORTANT].map((pen) => [pen, []]));
  const steps = criticalSteps(model.data.critical.nodes);
  for (const [node, place] of layout.places) {
    const to = { x: place.x, y: place.y + NODE.height / 2 };
    for (const before of model.data.nodes[node]?.dependsOn ?? []) {
      const start = layout.places.get(before);
      if (start === undefined) continue;
      const from = { x: start.x + NODE.width, y: start.y + NODE.height / 2 };
      const [least, most] = from.y < to.y ? [from.y, to.y] : [to.y, from.y];
      if (!isSeen(scene, { x: from.x, y: least }, { x: to.x, y: most })) continue;
      const emphasis = edgeEmphasis(emphases.of(before), emphases.of(node));
      const isStep = steps.get(before) === node && (emphasis === "plain" || emphasis === "lit");
      lines.get(isStep ? "critical" : emphasis)?.push({ from, to });
    }
  }
  return lines;
}

function criticalSteps(nodes: readonly number[]): ReadonlyMap<number, number | undefined> {
  return new Map(nodes.map((node, index) => [node, nodes[index + 1]]));
}

/** Many edges are each fainter, so that where they run densely can still be seen. */
function usePen(
  context: CanvasRenderingContext2D,
  { theme, camera }: Scene,
  { pen, amount }: { readonly pen: Pen; readonly amount: number },
): void {
  const thin = pen === "dim" || pen === "plain";
  context.strokeStyle = pen === "before" || pen === "after" || pen === "critical" ? theme[pen] : theme.edge;
  context.lineWidth = (thin ? 1 : 2) / Math.min(1, Math.max(camera.zoom, 0.02));
  const crowded = Math.min(1, Math.max(0.18, 600 / Math.max(1, amount)));
  context.globalAlpha = pen === "dim" ? 0.15 * crowded : pen === "plain" ? crowded : 1;
}

function strokeAll(context: CanvasRenderingContext2D, lines: readonly Line[]): void {
  context.beginPath();
  for (const { from, to } of lines) {
    const bend = Math.max(30, (to.x - from.x) / 2);
    context.moveTo(from.x, from.y);
    context.bezierCurveTo(from.x + bend, from.y, to.x - bend, to.y, to.x, to.y);
  }
  context.stroke();
}
