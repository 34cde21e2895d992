import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import type { TargetMember } from "../config/schema.ts";

/** Ways for a project to be meant: by having all tags of one of these lists. */
export type TagLists = readonly (readonly string[])[];

/** The targets of all plugins and of the configuration. */
export interface JoinedTargets {
  /** Atom ids by target, nested targets resolved. */
  readonly targets: ReadonlyMap<string, readonly string[]>;
  /** By target, the atoms that it means in projects of some tags only; a target without such an atom is not in it. */
  readonly tagged: ReadonlyMap<string, ReadonlyMap<string, TagLists>>;
  readonly problems: readonly Diagnostic[];
}

/** An atom of a target, with the tags that a project must have. */
interface Member {
  readonly atom: string;
  readonly tags: readonly string[];
}

/** Joins targets: those of plugins add up, one of the configuration takes the place of theirs. `names`: atoms by id and alias. */
export function joinTargets(
  offered: readonly Readonly<Record<string, readonly string[]>>[],
  configured: Readonly<Record<string, readonly TargetMember[]>>,
  names: ReadonlyMap<string, { readonly id: string }>,
): JoinedTargets {
  const raw = new Map<string, TargetMember[]>();
  for (const [target, members] of offered.flatMap((targets) => Object.entries(targets)))
    raw.set(target, [...(raw.get(target) ?? []), ...members]);
  for (const [target, members] of Object.entries(configured)) raw.set(target, [...members]);
  const problems: Diagnostic[] = [];
  const members = [...raw.keys()]
    .sort(byCodeUnit)
    .map((target) => [target, (raw.get(target) ?? []).flatMap((each) => expand(each, [target]))] as const);
  return {
    targets: new Map(members.map(([target, all]) => [target, [...new Set(all.map(({ atom }) => atom))]])),
    tagged: new Map(members.flatMap(([target, all]) => tagsOf(all).map((tags) => [target, tags]))),
    problems,
  };

  function expand(member: TargetMember, within: readonly string[]): Member[] {
    const name = typeof member === "string" ? member : member.run;
    const tags = typeof member === "string" ? [] : [member.tag];
    const atom = names.get(name);
    if (atom !== undefined) return [{ atom: atom.id, tags }];
    const nested = raw.get(name);
    if (nested !== undefined && !within.includes(name))
      return nested.flatMap((each) =>
        expand(each, [...within, name]).map((found) => ({ atom: found.atom, tags: [...tags, ...found.tags] })),
      );
    problems.push(badMember(within.at(-1) ?? name, name, nested !== undefined));
    return [];
  }
}

/** The atoms of a target that it nowhere means without tags; nothing where it means all of them everywhere. */
function tagsOf(members: readonly Member[]): Map<string, TagLists>[] {
  const free = new Set(members.filter(({ tags }) => tags.length === 0).map(({ atom }) => atom));
  const tagged = new Map<string, string[][]>();
  for (const { atom, tags } of members)
    if (!free.has(atom)) tagged.set(atom, [...(tagged.get(atom) ?? []), [...new Set(tags)].sort(byCodeUnit)]);
  return tagged.size === 0 ? [] : [tagged];
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
