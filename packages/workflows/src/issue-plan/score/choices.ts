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

/**
 * Shares the issues of a level out to parallel choices, the best one first. Each choice begins with the most valuable issue that is left and
 * takes in the one that adds most to its score, as long as it adds anything and there is room; never one that conflicts with it. Pure.
 */
export function choicesOf(request: ChoiceRequest): readonly Choice[] {
  const places = new Map(request.members.map((member, place) => [member, place]));
  const placeOf = (member: number): number => places.get(member) ?? 0;
  const { behind } = request;
  const left = new Set(request.members.toSorted((a, b) => behind(b) - behind(a) || placeOf(a) - placeOf(b)));
  const choices: Choice[] = [];
  for (const first of left) choices.push(choiceFrom(first, left, request));
  return choices.sort((a, b) => b.score - a.score || placeOf(a.members[0] ?? 0) - placeOf(b.members[0] ?? 0));
}

/** Takes what it chooses out of what is left. */
function choiceFrom(first: number, left: Set<number>, { behind, risk, most, members }: ChoiceRequest): Choice {
  const chosen: number[] = [];
  const added = new Map([...left].map((each) => [each, 0]));
  for (let next: number | undefined = first; next !== undefined; ) {
    chosen.push(next);
    left.delete(next);
    added.delete(next);
    for (const [each, sum] of added) {
      const one = risk(next, each);
      if (one >= CONFLICT) added.delete(each);
      else added.set(each, sum + one);
    }
    next = chosen.length < most ? bestOf(added, behind) : undefined;
  }
  const inOrder = members.filter((each) => chosen.includes(each));
  const risks = inOrder.flatMap((a, at) => inOrder.slice(at + 1).map((b) => risk(a, b)));
  const score = choiceScore({ behind: inOrder.map(behind), risks });
  return { members: inOrder, risk: risks.reduce((sum, one) => sum + one, 0), score };
}

/** The one that adds most to the score; undefined where none adds anything. */
function bestOf(added: ReadonlyMap<number, number>, behind: (member: number) => number): number | undefined {
  let best: { readonly member: number; readonly gain: number } | undefined;
  for (const [member, sum] of added) {
    const gain = valueOf(behind(member)) - COST * sum;
    if (gain > (best?.gain ?? 0)) best = { member, gain };
  }
  return best?.member;
}
