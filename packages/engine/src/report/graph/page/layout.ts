import { orderLevels } from "./order-levels.ts";

/** The size of a node, in units of the drawing. */
export const NODE = { width: 196, height: 46 } as const;

/** What lies between levels, columns of a level, and rows. */
export const GAP = { level: 110, column: 26, row: 14 } as const;

/** Where a node lies: its upper left corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The part of the drawing that belongs to a level. */
export interface Band {
  readonly level: number;
  readonly x: number;
  readonly width: number;
  readonly count: number;
}

/** A drawing: levels from left to right, what a node waits for left of it. */
export interface Layout {
  /** By node; a node that is not shown has none. */
  readonly places: ReadonlyMap<number, Place>;
  readonly bands: readonly Band[];
  readonly width: number;
  readonly height: number;
}

/** What is laid out. */
export interface LayoutInput {
  readonly nodes: readonly number[];
  readonly levelOf: (node: number) => number;
  readonly dependsOn: (node: number) => readonly number[];
  /** Width by height of the place for it. */
  readonly aspect: number;
}

/**
 * Places every node once and none over another. A level that is too long for one column gets several, so that the whole
 * has about the shape of its place: three thousand nodes stay one picture. Pure.
 */
export function layOut({ nodes, levelOf, dependsOn, aspect }: LayoutInput): Layout {
  const levels = [...Map.groupBy(nodes, levelOf)].sort(([a], [b]) => a - b);
  const ordered = orderLevels(
    levels.map(([, members]) => members),
    dependsOn,
  );
  const rows = bestRows(
    ordered.map(({ length }) => length),
    aspect,
  );
  const height = rows * (NODE.height + GAP.row) - GAP.row;
  const places = new Map<number, Place>();
  const bands: Band[] = [];
  let x = 0;
  for (const [index, members] of ordered.entries()) {
    const columns = Math.ceil(members.length / rows);
    const width = widthOf(columns);
    placeLevel(members, { x, columns }, places);
    bands.push({ level: levels[index]?.[0] ?? 0, x, width, count: members.length });
    x += width + GAP.level;
  }
  return { places, bands, width: Math.max(0, x - GAP.level), height };
}

/** Row by row, so that neighbours in the order stay at about one height; from the top, where the joined ones are. */
function placeLevel(
  members: readonly number[],
  { x, columns }: { readonly x: number; readonly columns: number },
  places: Map<number, Place>,
): void {
  for (const [index, node] of members.entries()) {
    const [row, column] = [Math.floor(index / columns), index % columns];
    places.set(node, { x: x + column * (NODE.width + GAP.column), y: row * (NODE.height + GAP.row) });
  }
}

function widthOf(columns: number): number {
  return columns * (NODE.width + GAP.column) - GAP.column;
}

/** How many rows bring the whole nearest to the wanted shape. */
function bestRows(counts: readonly number[], aspect: number): number {
  let best = { rows: 1, off: Number.POSITIVE_INFINITY };
  for (let rows = 1; rows <= Math.max(1, ...counts); rows += 1) {
    const width = counts.reduce((sum, count) => sum + widthOf(Math.ceil(count / rows)) + GAP.level, -GAP.level);
    const height = rows * (NODE.height + GAP.row) - GAP.row;
    const off = Math.abs(Math.log(width / height / aspect));
    if (off < best.off) best = { rows, off };
  }
  return best.rows;
}
