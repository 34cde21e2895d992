import { join } from "node:path";
import { CACHE, ROOT } from "../../scripts/lib/paths.mjs";

/** Everything that the benchmark makes and does not keep. */
export const WORK = join(CACHE, "bench");

/** The home folder of all that is measured. */
export const HOME = join(WORK, "home");

/** The raw figures of each series. */
export const RESULTS = join(ROOT, "bench/results");

/** What a series needs in order to count; one with less is a trial. */
const LEAST_ROUNDS = 7;

/**
 * Where the raw figures of a series are kept: those of a trial (few rounds, chosen tools, unpacked packages) are not committed.
 * @param {import("./options.mjs").Options} options
 * @param {number} rounds
 */
export function resultsFolder({ tools, workspace }, rounds) {
  const isTrial = tools !== undefined || workspace || rounds < LEAST_ROUNDS;
  return isTrial ? join(WORK, "results") : RESULTS;
}
