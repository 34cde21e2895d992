import { join } from "node:path";
import { ROOT } from "../../scripts/lib/paths.mjs";

/** Everything that the benchmark makes and does not keep; ignored by git. */
export const WORK = join(ROOT, "bench/.work");

/** The raw figures of each series. */
export const RESULTS = join(ROOT, "bench/results");

/**
 * The folders of one series.
 * @param {string} name
 */
export function placesOf(name) {
  const folder = join(WORK, name);
  return {
    folder,
    repository: join(folder, "repository"),
    output: join(folder, "output.txt"),
    calls: join(folder, "git-calls"),
  };
}
