import { choiceScore, COST, valueOf } from "./choice-score.ts";
import { CONFLICT } from "./pair-risk.ts";

/** Issues that may run at once, by their numbers, and what that is worth. */
export interface Choice {
  readonly members: readonly number[];
  /** The sum over each two of them. */
  readonly risk: number;
  readonly score: number;
}

/** What choices are made of. */
export interface ChoiceRequest {
  /** The issues of one level, by their numbers, in the order of the plan. */
  readonly members: readonly number[];
  readonly behind: (member: number) => number;
  readonly risk: (a: number, b: number) => number;
  /** How many may run at once. */
  readonly most: number;
}

interface Open {
  readonly members: number[];
  risk: number;
}

/**
 * Shares the issues of a level out to parallel choices, the best one first. The most valuable issue goes first, each to the choice where it
 * is the least risk; where it would conflict everywhere, or bring more risk than it is worth, it begins another one. Pure.
 */
export function choicesOf({ members, behind, risk, most }: ChoiceRequest): readonly Choice[] {
  const places = new Map(members.map((member, place) => [member, place]));
  const placeOf = (member: number): number => places.get(member) ?? 0;
  const open: Open[] = [];
  for (const member of members.toSorted((a, b) => behind(b) - behind(a) || placeOf(a) - placeOf(b))) {
    const best = bestFor(member, open, { behind, risk, most });
    if (best === undefined) open.push({ members: [member], risk: 0 });
    else {
      best.choice.members.push(member);
      best.choice.risk += best.added;
    }
  }
  return open
    .map((each) => ended(each, { behind, risk, placeOf }))
    .sort((a, b) => b.score - a.score || placeOf(a.members[0] ?? 0) - placeOf(b.members[0] ?? 0));
}

function bestFor(
  member: number,
  open: readonly Open[],
  { behind, risk, most }: Omit<ChoiceRequest, "members">,
): { readonly choice: Open; readonly added: number } | undefined {
  let best: { readonly choice: Open; readonly added: number } | undefined;
  for (const choice of open) {
    if (choice.members.length >= most) continue;
    const added = addedRisk(member, choice.members, risk);
    if (added === undefined || valueOf(behind(member)) - COST * added <= 0) continue;
    if (best === undefined || added < best.added) best = { choice, added };
    if (added === 0) break;
  }
  return best;
}

/** Undefined where it conflicts with one of them. */
function addedRisk(member: number, others: readonly number[], risk: ChoiceRequest["risk"]): number | undefined {
  let sum = 0;
  for (const other of others) {
    const one = risk(member, other);
    if (one >= CONFLICT) return undefined;
    sum += one;
  }
  return sum;
}

function ended(
  { members, risk: sum }: Open,
  { behind, risk, placeOf }: Pick<ChoiceRequest, "behind" | "risk"> & { readonly placeOf: (member: number) => number },
): Choice {
  const sorted = members.toSorted((a, b) => placeOf(a) - placeOf(b));
  const risks = sorted.flatMap((a, at) => sorted.slice(at + 1).map((b) => risk(a, b)));
  return { members: sorted, risk: sum, score: choiceScore({ behind: sorted.map(behind), risks }) };
}
