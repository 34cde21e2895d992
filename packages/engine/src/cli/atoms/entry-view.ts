import type { JsonValue } from "../../core/json.ts";
import type { AtomIndex } from "../../graph/atom-index.ts";
import { BUILT_IN, type BuiltIn } from "./built-in.ts";
import type { Catalogue, CatalogueEntry } from "./catalogue.ts";

/** An entry of the catalogue and what does it here. */
export interface EntryView {
  readonly entry: CatalogueEntry;
  readonly phase: string;
  readonly atoms: readonly ImplementingAtom[];
  readonly builtIn: BuiltIn | undefined;
}

/** An atom of a plugin that says that it implements an entry. */
export interface ImplementingAtom {
  readonly id: string;
  readonly plugin: string;
  readonly kind: string;
  readonly describe: string;
}

/** All entries, each with what implements it. */
export function entryViews({ phases, entries }: Catalogue, index: AtomIndex): readonly EntryView[] {
  const names = new Map(phases.map(({ number, name }) => [number, name]));
  const atoms = [...index.atoms.values()];
  return entries.map((entry) => ({
    entry,
    phase: names.get(entry.phase) ?? "",
    builtIn: BUILT_IN[entry.number],
    atoms: atoms.flatMap(({ id, atom, plugin }) =>
      atom.implements?.includes(entry.number) === true
        ? [{ id, plugin: plugin.name, kind: atom.kind, describe: atom.describe }]
        : [],
    ),
  }));
}

/** Whether something does it, wholly, in part or not at all. */
export function stateOf({ atoms, builtIn }: EntryView): "implemented" | "partly" | "not implemented" {
  if (atoms.length === 0 && builtIn === undefined) return "not implemented";
  return atoms.length === 0 && builtIn?.lacks !== undefined ? "partly" : "implemented";
}

/** The facts of an entry. */
export function entryJson(view: EntryView): JsonValue {
  const { entry, phase, atoms, builtIn } = view;
  const { number, name, purpose, inputs, outputs, dependsOn, optional } = entry;
  return {
    ...{ number, name, phase: entry.phase, phaseName: phase, purpose, optional, state: stateOf(view) },
    ...{ inputs: [...inputs], outputs: [...outputs], dependsOn: [...dependsOn] },
    atoms: atoms.map((atom) => ({ ...atom })),
    command: builtIn?.by ?? null,
    lacks: builtIn?.lacks ?? null,
  };
}

/** What does it, in a few words. */
export function implementedBy({ atoms, builtIn }: EntryView): string {
  const parts = [...atoms.map(({ id }) => id), ...(builtIn === undefined ? [] : [builtIn.by])];
  return parts.length === 0 ? "not implemented" : parts.join(", ");
}
