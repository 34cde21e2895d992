import type { JsonValue } from "../../core/json.ts";
import type { CatalogueEntry } from "./catalogue.ts";

/** How the dependencies of the catalogue can be given out. */
export const CATALOGUE_FORMATS = ["text", "dot", "mermaid"] as const;

/** An entry and all that it depends on; all entries where none is named. */
export function closureOf(
  entries: readonly CatalogueEntry[],
  of: CatalogueEntry | undefined,
): readonly CatalogueEntry[] {
  if (of === undefined) return entries;
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  const wanted = new Set<string>([of.number]);
  for (const number of wanted) for (const before of byNumber.get(number)?.dependsOn ?? []) wanted.add(before);
  return entries.filter(({ number }) => wanted.has(number));
}

/** The dependencies as text, for Graphviz or for Markdown. */
export function drawCatalogue(entries: readonly CatalogueEntry[], format: string): string {
  if (format === "dot") return dot(entries);
  return format === "mermaid" ? mermaid(entries) : text(entries);
}

/** The same as data. */
export function catalogueGraphJson(entries: readonly CatalogueEntry[]): JsonValue {
  return {
    nodes: entries.map(({ number, name, phase, optional }) => ({ number, name, phase, optional })),
    edges: entries.flatMap(({ number, dependsOn }) => dependsOn.map((before) => ({ from: number, to: before }))),
  };
}

function text(entries: readonly CatalogueEntry[]): string {
  const width = Math.max(...entries.map(({ name }) => name.length));
  return entries
    .map(({ number, name, dependsOn, optional }) => {
      const after = dependsOn.length === 0 ? "" : `after ${dependsOn.join(" ")}`;
      return `${number}  ${name.padEnd(width)}  ${[after, optional ? "(optional)" : ""].filter((part) => part !== "").join(" ")}`.trimEnd();
    })
    .join("\n");
}

function dot(entries: readonly CatalogueEntry[]): string {
  const nodes = entries.map(
    ({ number, name, optional }) => `  "${number}" [label="${number} ${name}"${optional ? ", style=dashed" : ""}];`,
  );
  const edges = entries.flatMap(({ number, dependsOn }) => dependsOn.map((before) => `  "${number}" -> "${before}";`));
  return ["digraph atoms {", "  rankdir=RL;", "  node [shape=box];", ...nodes, ...edges, "}"].join("\n");
}

function mermaid(entries: readonly CatalogueEntry[]): string {
  const nodes = entries.map(({ number, name }) => `  a${number}["${number} ${name}"]`);
  const edges = entries.flatMap(({ number, dependsOn }) => dependsOn.map((before) => `  a${number} --> a${before}`));
  return ["flowchart RL", ...nodes, ...edges].join("\n");
}
