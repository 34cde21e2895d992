import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildId } from "./build.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */

/**
 * Results by their key, kept on disk so that a run that was ended goes on; those of another build do not count.
 * @param {Checkout} checkout
 * @param {string} part
 */
export function kept(checkout, part) {
  const file = join(checkout.place, "results", `${checkout.repository.name}.${part}.json`);
  const build = buildId();
  const read = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  /** @type {Record<string, any>} */
  const results = read?.build === build ? read.results : {};
  return {
    has: (/** @type {string} */ key) => Object.hasOwn(results, key),
    get: (/** @type {string} */ key) => results[key],
    set: (/** @type {string} */ key, /** @type {unknown} */ value) => {
      results[key] = value;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify({ build, results }, null, 1));
    },
    all: () => Object.values(results),
  };
}
