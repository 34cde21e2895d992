import type { PageData, PageNode } from "./page-data.ts";

/** Which nodes are shown; null where all are. */
export interface Filter {
  readonly project: string | null;
  /** A place in the atoms of the data. */
  readonly atom: number | null;
  readonly level: number | null;
}

/** Shows everything. */
export const NO_FILTER: Filter = { project: null, atom: null, level: null };

/** The graph as the page asks about it. Nodes are named by their place in the data. */
export interface GraphModel {
  readonly data: PageData;
  /** For each node those that wait for it. */
  readonly dependents: readonly (readonly number[])[];
  readonly critical: ReadonlySet<number>;
  /** Everything that comes before a node, without it. */
  ancestors(node: number): ReadonlySet<number>;
  /** Everything that comes after a node, without it. */
  descendants(node: number): ReadonlySet<number>;
  /** The nodes that a filter leaves, in order. */
  shown(filter: Filter): readonly number[];
  /** The nodes whose id, project, atom or title hold every word, in order; capitals do not count. None for no word. */
  search(query: string): readonly number[];
}

/** Indexes the data once; edges to nodes that are not there must not be in it. Pure. */
export function createModel(data: PageData): GraphModel {
  const { nodes, atoms } = data;
  const dependents = nodes.map((): number[] => []);
  for (const [index, { dependsOn }] of nodes.entries()) for (const before of dependsOn) dependents[before]?.push(index);
  const texts = nodes.map((node) => searchText(node, node.atom === null ? "" : (atoms[node.atom]?.id ?? "")));
  return {
    data,
    dependents,
    critical: new Set(data.critical.nodes),
    ancestors: (node) => reach(node, (at) => nodes[at]?.dependsOn ?? []),
    descendants: (node) => reach(node, (at) => dependents[at] ?? []),
    shown: (filter) => [...nodes.keys()].filter((index) => passes(nodes[index], filter)),
    search(query) {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      if (words.length === 0) return [];
      return [...texts.keys()].filter((index) => words.every((word) => texts[index]?.includes(word)));
    },
  };
}

function searchText({ id, project, title }: PageNode, atom: string): string {
  return [id, project, atom, title].join("\n").toLowerCase();
}

function passes(node: PageNode | undefined, { project, atom, level }: Filter): boolean {
  if (node === undefined) return false;
  const isOfProject = project === null || node.project === project;
  return isOfProject && (atom === null || node.atom === atom) && (level === null || node.level === level);
}

function reach(start: number, next: (node: number) => readonly number[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const open = [...next(start)];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...next(at));
  }
  seen.delete(start);
  return seen;
}
