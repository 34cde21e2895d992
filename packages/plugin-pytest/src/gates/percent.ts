import { roundCovered } from "../run/coverage.ts";

/** How much is wanted. With a precision, it is compared as coverage.py does for `fail_under`: after rounding. */
export interface Demand {
  readonly percent: number;
  readonly precision?: number;
}

/** Whether a measured percentage is enough. */
export function reaches(percent: number, { percent: wanted, precision }: Demand): boolean {
  if (precision === undefined || wanted === 100) return percent >= wanted;
  const digits = Math.max(precision, String(wanted).split(".")[1]?.length ?? 0);
  return Number(percent.toFixed(digits)) >= wanted;
}

/** `91.2 %`; with more digits where too little would look like enough. */
export function percentText(percent: number, demand?: Demand): string {
  const misleads = (digits: number): boolean =>
    demand !== undefined && !reaches(percent, demand) && roundCovered(percent, digits) >= demand.percent;
  const digits = [1, 2, 3].find((count) => !misleads(count)) ?? 4;
  return `${roundCovered(percent, digits).toFixed(digits)} %`;
}
