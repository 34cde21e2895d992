import { existsSync, readFileSync } from "node:fs";
import type { JsonValue } from "../core/json.ts";
import { decodeSnapshot, encodeSnapshot } from "../snapshot/format.ts";
import { commandFile, keepNewest } from "../snapshot/keep-newest.ts";
import { hasNews, learn, lookAtTree, type TreeHost } from "../snapshot/look-at-tree.ts";
import type { SeenTable } from "../snapshot/seen-paths.ts";
import type { GraphShape, KeptGraph } from "./kept-graph.ts";

/** A project graph with what it was made of. */
export interface StoredGraph {
  readonly graph: KeptGraph;
  readonly seen: SeenTable;
  /** JSON of a `GraphShape`. */
  readonly shape: () => string;
}

/** Whose project graph is looked for. */
export interface GraphRequest extends TreeHost {
  readonly root: string;
  readonly command: string;
  readonly version: string;
}

/** Where the graph of a command line lies. */
export function graphFile(gitDir: string, command: string): string {
  return commandFile(gitDir, "graphs", command);
}

/** Whether a graph was kept for a command line; it may be of no use. */
export function hasGraph(gitDir: string, command: string): boolean {
  return existsSync(graphFile(gitDir, command));
}

/** Writes a graph, and forgets the oldest ones. */
export function writeGraph(file: string, { graph, seen, shape }: StoredGraph): void {
  keepNewest(file, () => encodeSnapshot(graph as unknown as JsonValue, seen, shape()));
}

/**
 * The graph that was kept for a command line, if all that it was made of is as it was, but for names that are not in the
 * index: git is asked for these. Synchronous.
 */
export function findGraph(
  request: GraphRequest,
): { readonly graph: KeptGraph; readonly shape: () => GraphShape } | undefined {
  const file = graphFile(request.gitDir, request.command);
  try {
    const stored = readGraph(file, request);
    const look = stored && lookAtTree(stored.graph, stored.seen, request);
    if (stored === undefined || look === undefined || look.edited.length > 0) return undefined;
    learn(stored.seen, look.written);
    if (hasNews(look)) writeGraph(file, stored);
    const { graph, shape } = stored;
    return { graph, shape: () => JSON.parse(shape()) as GraphShape };
  } catch {
    // What cannot be read or looked at may be anything: the whole way says what is wrong with it.
    return undefined;
  }
}

function readGraph(file: string, { command, version, root }: GraphRequest): StoredGraph | undefined {
  const stored = decodeSnapshot(readFileSync(file));
  if (stored === undefined) return undefined;
  // Its check covers all of it and it is the engine's own: what is in it is what was written.
  const graph = stored.head as unknown as KeptGraph | null;
  const isMeant =
    graph?.version === version &&
    graph.command === command &&
    graph.root === root &&
    graph.user === (process.getuid?.() ?? null);
  return isMeant ? { graph, seen: stored.seen, shape: stored.events } : undefined;
}
