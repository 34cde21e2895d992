/** What a parallel choice is judged by. */
export interface ChoiceFacts {
  /** Of each issue, how much of the longest chain of the plan waits behind it: 0 to 1. */
  readonly behind: readonly number[];
  /** The risk of each two of them. */
  readonly risks: readonly number[];
}

/** What a conflict costs: the work of two issues. */
export const COST = 2;

/** What doing one issue is worth: itself, and what it lets go on. */
export function valueOf(behind: number): number {
  return 1 + behind;
}

/** What running these at once is worth: `Σ (1 + behind) − 2 · Σ risk`. The greater, the better. Pure. */
export function choiceScore({ behind, risks }: ChoiceFacts): number {
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
  return sum(behind.map(valueOf)) - COST * sum(risks);
}
