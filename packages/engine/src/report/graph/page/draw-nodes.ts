import type { Camera } from "./camera.ts";
import type { Emphasis } from "./emphasis.ts";
import { NODE, type Place } from "./layout.ts";
import type { PageNode } from "./page-data.ts";
import { isNodeSeen, type Scene } from "./scene.ts";
import { shorten } from "./shorten.ts";
import { ATOM_COLOURS } from "./theme.ts";

const TITLE = 14;
const SMALL = 12;
const STRIPE = 6;
const PADDING = 16;
/** Letters of fewer pixels cannot be read: below it a node is only its colour. */
const READABLE = 6;

/** Whether the text of nodes can be read. Pure. */
export function isReadable({ zoom }: Camera): boolean {
  return SMALL * zoom >= READABLE;
}

/** Draws the nodes that are on the screen. */
export function drawNodes(context: CanvasRenderingContext2D, scene: Scene, withText: boolean): void {
  for (const [index, place] of scene.layout.places) {
    const node = scene.model.data.nodes[index];
    if (node === undefined || !isNodeSeen(scene, place)) continue;
    const emphasis = scene.emphases.of(index);
    context.globalAlpha = emphasis === "dim" ? 0.2 : 1;
    drawBox(context, scene, { place, node, outline: outlineOf(scene, index, emphasis), withText });
    if (withText) drawText(context, scene, { place, node });
  }
  context.globalAlpha = 1;
}

/** Its colour, and how many pixels it is wide. */
interface Outline {
  readonly colour: string;
  readonly width: number;
}

function outlineOf({ theme, model, hovered }: Scene, index: number, emphasis: Emphasis): Outline {
  if (emphasis === "selected") return { colour: theme.accent, width: 3.5 };
  if (index === hovered) return { colour: theme.text, width: 2 };
  if (emphasis === "before" || emphasis === "after") return { colour: theme[emphasis], width: 2 };
  const isCritical = emphasis !== "dim" && model.critical.has(index);
  return isCritical ? { colour: theme.critical, width: 2 } : { colour: theme.line, width: 1 };
}

interface Box {
  readonly place: Place;
  readonly node: PageNode;
  readonly outline: Outline;
  readonly withText: boolean;
}

function drawBox(context: CanvasRenderingContext2D, { theme, camera }: Scene, box: Box): void {
  const { place, node, outline, withText } = box;
  const colour = theme.atoms[(node.atom ?? 0) % ATOM_COLOURS] ?? theme.muted;
  context.beginPath();
  context.roundRect(place.x, place.y, NODE.width, NODE.height, 8);
  context.fillStyle = withText ? theme.surface : colour;
  context.fill();
  if (withText) {
    context.beginPath();
    context.roundRect(place.x, place.y, STRIPE, NODE.height, [8, 0, 0, 8]);
    context.fillStyle = colour;
    context.fill();
    context.beginPath();
    context.roundRect(place.x, place.y, NODE.width, NODE.height, 8);
  }
  if (!withText && outline.colour === theme.line) return;
  context.strokeStyle = outline.colour;
  context.lineWidth = outline.width / Math.min(1, camera.zoom);
  context.stroke();
}

function drawText(
  context: CanvasRenderingContext2D,
  { theme }: Scene,
  { place, node }: Pick<Box, "place" | "node">,
): void {
  const room = NODE.width - PADDING - 10;
  const isProject = node.atom === null;
  context.textBaseline = "middle";
  context.font = `600 ${String(TITLE)}px ${theme.font}`;
  context.fillStyle = theme.text;
  context.fillText(shorten(context, node.title, room), place.x + PADDING, place.y + NODE.height * 0.33);
  context.font = `${String(SMALL)}px ${theme.font}`;
  context.fillStyle = theme.muted;
  const below = isProject ? node.folder : node.project;
  context.fillText(shorten(context, below, room), place.x + PADDING, place.y + NODE.height * 0.7);
}
