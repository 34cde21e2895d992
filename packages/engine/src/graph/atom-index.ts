import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { JsonValue } from "../core/json.ts";
import type { Atom } from "../plugin/atom.ts";
import type { Gate } from "../plugin/contract.ts";
import type { DerivedAtoms } from "../workspace/derive.ts";
import type { LoadedPlugin } from "../plugin/load.ts";
import type { TargetMember } from "../config/schema.ts";
import { joinTargets, type TagLists } from "./join-targets.ts";

/** An atom with the plugin that owns it. */
export interface OwnedAtom {
  readonly id: string;
  readonly atom: Atom;
  readonly plugin: LoadedPlugin;
  /** For a derived one, the template and what makes it this one. */
  readonly derived?: { readonly template: string; readonly params: JsonValue };
}

/** A gate with the plugin that owns it. */
export interface OwnedGate {
  readonly id: string;
  readonly gate: Gate;
  readonly plugin: LoadedPlugin;
}

/** All that the loaded plugins offer, by name. */
export interface AtomIndex {
  readonly atoms: ReadonlyMap<string, OwnedAtom>;
  readonly gates: readonly OwnedGate[];
  /** Atom ids by target, nested targets resolved. */
  readonly targets: ReadonlyMap<string, readonly string[]>;
  /** By target, the atoms that it means only in projects with all tags of one of these lists. */
  readonly tagged: ReadonlyMap<string, ReadonlyMap<string, TagLists>>;
  /** The atom of this id or alias. */
  find(name: string): OwnedAtom | undefined;
}

/** Joins what plugins and configuration offer; refuses two owners of one id, and targets that name nothing. */
export function indexAtoms(
  plugins: readonly LoadedPlugin[],
  configured: Readonly<Record<string, readonly TargetMember[]>>,
  derived: DerivedAtoms = new Map(),
): Result<AtomIndex, readonly Diagnostic[]> {
  const problems: Diagnostic[] = [];
  const atoms = new Map<string, OwnedAtom>();
  const names = new Map<string, OwnedAtom>();
  for (const owned of plugins.flatMap((plugin) => atomsOf(plugin, derived))) {
    for (const name of owned.atom.alias === undefined ? [owned.id] : [owned.id, owned.atom.alias]) {
      const other = names.get(name);
      if (other !== undefined) problems.push(twoOwners(name, other, owned));
      names.set(name, owned);
    }
    atoms.set(owned.id, owned);
  }
  const offered = plugins.flatMap(({ name, spec }) => [spec.targets ?? {}, derived.get(name)?.targets ?? {}]);
  const joined = joinTargets(offered, configured, names);
  problems.push(...joined.problems);
  const gates = plugins.flatMap((plugin) =>
    Object.entries(plugin.spec.gates ?? {}).map(([id, gate]) => ({ id, gate, plugin })),
  );
  if (problems.length > 0) return fail(problems);
  return ok({ atoms, gates, targets: joined.targets, tagged: joined.tagged, find: (name) => names.get(name) });
}

function atomsOf(plugin: LoadedPlugin, derived: DerivedAtoms): OwnedAtom[] {
  const own = Object.entries(plugin.spec.atoms ?? {}).map(([id, atom]) => ({ id, atom, plugin }));
  const made = (derived.get(plugin.name)?.atoms ?? []).flatMap(({ id, template, params, ...said }) => {
    const atom = plugin.spec.templates?.[template];
    return atom === undefined ? [] : [{ id, atom: { ...atom, ...said }, plugin, derived: { template, params } }];
  });
  return [...own, ...made];
}

function twoOwners(name: string, first: OwnedAtom, second: OwnedAtom): Diagnostic {
  return errorOf(
    "SYM1305",
    `\`${name}\` names an atom of plugin ${first.plugin.name} and one of plugin ${second.plugin.name}`,
    {
      hint: "an atom's id and alias belong to one plugin: leave one of the two out with `disable`",
    },
  );
}
