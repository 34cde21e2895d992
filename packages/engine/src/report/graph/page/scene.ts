import type { Camera, Size } from "./camera.ts";
import type { Emphases } from "./emphasis.ts";
import type { GraphModel } from "./graph-model.ts";
import { NODE, type Layout, type Place } from "./layout.ts";
import type { Theme } from "./theme.ts";

/** All that one picture is made of. */
export interface Scene {
  readonly model: GraphModel;
  readonly layout: Layout;
  readonly camera: Camera;
  readonly size: Size;
  readonly emphases: Emphases;
  readonly hovered: number | null;
  readonly theme: Theme;
}

/** Whether a rectangle of the drawing is on the screen. Pure. */
export function isSeen({ camera, size }: Scene, from: Place, to: Place): boolean {
  const { zoom, left, top } = camera;
  return (
    to.x * zoom + left >= 0 &&
    from.x * zoom + left <= size.width &&
    to.y * zoom + top >= 0 &&
    from.y * zoom + top <= size.height
  );
}

/** Whether a node there is on the screen. Pure. */
export function isNodeSeen(scene: Scene, place: Place): boolean {
  return isSeen(scene, place, { x: place.x + NODE.width, y: place.y + NODE.height });
}
