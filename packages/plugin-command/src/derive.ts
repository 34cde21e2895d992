import type { CommandAtoms, Derived, DerivedAtom } from "@symbiotic-build/engine";

/** What `derive` hands to `narrow`: the atom as it is configured. */
export interface WholeAtom {
  readonly atom: CommandAtoms[string];
  readonly globalInputs: readonly string[];
}

/** The atoms of the configuration, and the targets that they join. */
export function derived(atoms: CommandAtoms, globalInputs: readonly string[]): Derived {
  const targets = new Map<string, string[]>();
  for (const [id, { targets: joins = [] }] of Object.entries(atoms))
    for (const target of joins) targets.set(target, [...(targets.get(target) ?? []), id]);
  return {
    atoms: Object.entries(atoms).map(([id, atom]) => derivedAtom(id, { atom, globalInputs })),
    targets: Object.fromEntries(targets),
  };
}

function derivedAtom(id: string, whole: WholeAtom): DerivedAtom {
  const { title = id, alias, describe, command, agent } = whole.atom;
  const line = agent?.task ?? (typeof command === "string" ? command : (command ?? []).join(" "));
  return {
    id,
    template: agent === undefined ? "command" : "agent",
    // It comes from a file as JSON does, or from a module whose values the configuration's schema let through.
    params: whole as unknown as DerivedAtom["params"],
    title,
    describe: describe ?? line.split("\n")[0] ?? "",
    kind: kindOf(whole),
    ...(alias === undefined ? {} : { alias }),
  };
}

/** One kind for all projects: what has outputs in some of them is a build. */
function kindOf({ atom }: WholeAtom): "check" | "build" | "edit" | "effect" {
  if (atom.agent !== undefined) return "edit";
  if (atom.effect === true) return "effect";
  const overrides = Object.values(atom.projects ?? {}).map((own) => (own === false ? undefined : own.outputs));
  return [atom.outputs, ...overrides].some((outputs) => (outputs?.length ?? 0) > 0) ? "build" : "check";
}
