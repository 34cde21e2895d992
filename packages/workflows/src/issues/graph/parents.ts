import type { Diagnostic } from "@symbiotic-build/engine";
import { found } from "../checks.ts";
import type { Issue } from "../issue.ts";
import { count, quoted } from "../text/plain-text.ts";
import { locationIn, placeText, type Place } from "../text/place.ts";
import type { Dangling } from "./edges-of.ts";
import { findCycles } from "./find-cycles.ts";
import type { IssueIndex } from "./issue-index.ts";

/** One place that says whose child an issue is. */
interface Claim {
  readonly parent: Issue;
  readonly child: Issue;
  readonly by: Issue;
  readonly at: Place;
}

/** Who belongs to whom, and what does not fit. */
export interface Family {
  readonly parentOf: ReadonlyMap<Issue, Issue>;
  readonly dangling: readonly Dangling[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `parent` and `children` of all issues. A child's own word counts before that of a parent. */
export function familyOf({ issues, resolve }: Pick<IssueIndex, "issues" | "resolve">): Family {
  const claims: Claim[] = [];
  const dangling: Dangling[] = [];
  for (const by of issues) {
    for (const { field, value, at } of namedBy(by)) {
      const other = resolve(value);
      if (other === undefined) dangling.push({ by, field, text: value.text, ids: value.ids, at });
      else
        claims.push({ ...(field === "parent" ? { parent: other, child: by } : { parent: by, child: other }), by, at });
    }
  }
  const byChild = Map.groupBy(claims, ({ child }) => child);
  const chosen = [...byChild].map(([child, all]) => [child, all.find(({ by }) => by === child) ?? all[0]] as const);
  const claimOf = new Map(chosen.flatMap(([child, claim]) => (claim === undefined ? [] : [[child, claim] as const])));
  return {
    parentOf: new Map([...claimOf].map(([child, { parent }]) => [child, parent])),
    dangling,
    diagnostics: [...[...byChild.values()].flatMap(tellContradiction), ...tellParentCycles(claimOf)],
  };
}

function namedBy({ parent, children }: Issue) {
  const own = parent === undefined ? [] : [{ field: "parent" as const, ...parent }];
  return [...own, ...children.map((child) => ({ field: "children" as const, ...child }))];
}

function tellContradiction(claims: readonly Claim[]): Diagnostic[] {
  const parents = [...new Set(claims.map(({ parent }) => parent))];
  const [first] = claims;
  if (parents.length < 2 || first === undefined) return [];
  const own = claims.find(({ by, child }) => by === child);
  const { by, at } = claims.find(({ parent }) => parent !== own?.parent) ?? first;
  return [
    found("parentContradiction", `${quoted(first.child.id.value)} has ${count(parents.length, "parent")}`, {
      location: locationIn(by.path, at),
      notes: claims.map((claim) => `${quoted(claim.parent.id.value)} by ${placeText(claim.by.path, claim.at)}`),
      hint: "let `parent` of the child and `children` of one parent agree, and take it out of the others",
    }),
  ];
}

function tellParentCycles(claimOf: ReadonlyMap<Issue, Claim>): Diagnostic[] {
  const cycles = findCycles([...claimOf.keys()], new Map([...claimOf].map(([child, { parent }]) => [child, [parent]])));
  return cycles.map((cycle) => {
    const claims = cycle.flatMap((child) => claimOf.get(child) ?? []);
    const [first] = claims;
    const message =
      cycle.length === 1
        ? `${quoted(cycle[0]?.id.value ?? "")} is its own parent`
        : `parents make a cycle of ${String(cycle.length)} issues`;
    return found("parentCycle", message, {
      ...(first === undefined ? {} : { location: locationIn(first.by.path, first.at) }),
      notes: claims.map(
        ({ parent, child, by, at }) => `${child.id.value}  child of ${parent.id.value}  ${placeText(by.path, at)}`,
      ),
      hint: "take one of these lines away",
    });
  });
}
