import type { KnownRows } from "./known-rows.ts";
import { pathAt, type SeenKind, type SeenPath, type SeenTable, seenTable, WIDTH } from "./seen-paths.ts";

/** What of a table is no more, and what is instead. */
export interface Amendment {
  readonly known: KnownRows;
  /** Whether a row of the table is dropped. */
  readonly isGone: (path: string, at: number) => boolean;
  readonly fresh: readonly SeenPath[];
}

/**
 * A table with rows of another one and these, which count where both have a path. Undefined where something came to a path
 * that stands in a row with others: then all rows have to be made again.
 */
export function amendTable(table: SeenTable, { known, isGone, fresh }: Amendment): SeenTable | undefined {
  const added = fresh.filter(({ path, kind }) => !(kind === "entry" && isFolder(known.find(path)?.kind)));
  const isRoom = added.every(({ path, kind }) => {
    const before = known.find(path)?.kind;
    return before !== "parent" && (before !== "absent" || kind === "absent");
  });
  if (!isRoom) return undefined;
  const replaced = new Set(added.map(({ path }) => path));
  const isDropped = (path: string, at: number): boolean => isGone(path, at) || replaced.has(path);
  return withRows(table, isDropped, added);
}

/** Such a row says all that one of a folder's being there does, and more. */
function isFolder(kind: SeenKind | undefined): boolean {
  return kind === "parent" || kind === "walked";
}

/** The rows of a table that are not dropped, and these. */
export function withRows(
  table: SeenTable,
  isDropped: (path: string, at: number) => boolean,
  added: readonly SeenPath[],
): SeenTable {
  const parts: Part[] = [];
  let from = 0;
  for (let at = 0; at <= table.paths.length; at += 1) {
    if (at < table.paths.length && !isDropped(pathAt(table, at), at)) continue;
    if (at > from) parts.push({ table, from, to: at });
    from = at + 1;
  }
  return joined([...parts, { table: seenTable(added), from: 0, to: added.length }]);
}

/** Rows of a table that follow each other. */
interface Part {
  readonly table: SeenTable;
  readonly from: number;
  readonly to: number;
}

function joined(parts: readonly Part[]): SeenTable {
  const rows = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  const made = { kinds: new Uint8Array(rows), stats: new Float64Array(rows * WIDTH), digests: Buffer.alloc(rows * 32) };
  let at = 0;
  for (const { table, from, to } of parts) {
    made.kinds.set(table.kinds.subarray(from, to), at);
    made.stats.set(table.stats.subarray(from * WIDTH, to * WIDTH), at * WIDTH);
    made.digests.set(table.digests.subarray(from * 32, to * 32), at * 32);
    at += to - from;
  }
  return { ...made, paths: parts.flatMap(({ table, from, to }) => table.paths.slice(from, to)) };
}
