import { join } from "node:path";
import { WORK } from "../places.mjs";

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
