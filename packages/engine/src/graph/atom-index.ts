import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { byCodeUnit, type JsonValue } from "../core/json.ts";
import type { Atom, Gate } from "../plugin/contract.ts";
import type { DerivedAtoms } from "../workspace/derive.ts";
import type { LoadedPlugin } from "../plugin/load.ts";

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
  /** The atom of this id or alias. */
  find(name: string): OwnedAtom | undefined;
}

/** Joins what plugins and configuration offer; refuses two owners of one id, and targets that name nothing. */
export function indexAtoms(
  plugins: readonly LoadedPlugin[],
  configured: Readonly<Record<string, readonly string[]>>,
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
  const targets = joinTargets(offered, configured, names, problems);
  const gates = plugins.flatMap((plugin) =>
    Object.entries(plugin.spec.gates ?? {}).map(([id, gate]) => ({ id, gate, plugin })),
  );
  if (problems.length > 0) return fail(problems);
  return ok({ atoms, gates, targets, find: (name) => names.get(name) });
}

function atomsOf(plugin: LoadedPlugin, derived: DerivedAtoms): OwnedAtom[] {
  const own = Object.entries(plugin.spec.atoms ?? {}).map(([id, atom]) => ({ id, atom, plugin }));
  const made = (derived.get(plugin.name)?.atoms ?? []).flatMap(({ id, template, params, ...said }) => {
    const atom = plugin.spec.templates?.[template];
    return atom === undefined ? [] : [{ id, atom: { ...atom, ...said }, plugin, derived: { template, params } }];
  });
  return [...own, ...made];
}

function joinTargets(
  offered: readonly Readonly<Record<string, readonly string[]>>[],
  configured: Readonly<Record<string, readonly string[]>>,
  names: ReadonlyMap<string, OwnedAtom>,
  problems: Diagnostic[],
): Map<string, readonly string[]> {
  const raw = new Map<string, string[]>();
  for (const [target, members] of offered.flatMap((targets) => Object.entries(targets)))
    raw.set(target, [...(raw.get(target) ?? []), ...members]);
  for (const [target, members] of Object.entries(configured)) raw.set(target, [...members]);
  const expand = (name: string, within: readonly string[]): string[] => {
    const atom = names.get(name);
    if (atom !== undefined) return [atom.id];
    const members = raw.get(name);
    if (members === undefined || within.includes(name)) {
      problems.push(badMember(within.at(-1) ?? name, name, members !== undefined));
      return [];
    }
    return members.flatMap((member) => expand(member, [...within, name]));
  };
  return new Map(
    [...raw.keys()]
      .sort(byCodeUnit)
      .map((target) => [target, [...new Set((raw.get(target) ?? []).flatMap((member) => expand(member, [target])))]]),
  );
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

function badMember(target: string, member: string, cycle: boolean): Diagnostic {
  return errorOf(
    "SYM1205",
    cycle
      ? `target \`${target}\` contains itself`
      : `target \`${target}\` names \`${member}\`, which is no atom and no target`,
    {
      hint: "name atoms by id or alias, or other targets",
    },
  );
}
