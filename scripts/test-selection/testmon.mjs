import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { apply, goTo, openCheckout } from "./checkout.mjs";
import { runPlain } from "./plain.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {import("./settings.mjs").Repository} Repository */
/** @typedef {import("./worth.mjs").Change} Change */
/** @typedef {import("./worth.mjs").Worth} Worth */

const DATA = ".testmondata";

/**
 * What pytest-testmon runs again after each change, in an environment of its own. It chooses single tests, so its share is that of
 * the seconds these take.
 * @param {Repository} repository
 * @param {object} options
 * @param {string} options.place
 * @param {string | undefined} options.mirror
 * @param {readonly Change[]} options.changes
 * @param {{ files: Record<string, number> }} options.plain
 * @param {ReturnType<typeof import("./results.mjs").kept>} options.results
 * @returns {Worth[] | undefined}
 */
export function testmonShares(repository, { place, mirror, changes, plain, results }) {
  const checkout = openCheckout(repository, { place, mirror, kind: "testmon" });
  const made = join(place, "testmon", `${repository.name}.data`);
  if (!results.has("testmon cold")) {
    goTo(checkout, repository.head);
    forget(checkout);
    const cold = runPlain(checkout, { args: ["--testmon"], caches: true });
    if (cold.exit !== 0 || !existsSync(join(checkout.root, DATA))) return undefined;
    mkdirSync(dirname(made), { recursive: true });
    copyFileSync(join(checkout.root, DATA), made);
    results.set("testmon cold", cold.seconds);
  }
  const all = Object.values(plain.files).reduce((sum, each) => sum + each, 0);
  return changes.map((change) => {
    const key = `testmon ${change.what}`;
    if (results.has(key)) return results.get(key);
    goTo(checkout, repository.head);
    apply(checkout, change.edits);
    forget(checkout);
    copyFileSync(made, join(checkout.root, DATA));
    const { seconds, fileSeconds } = runPlain(checkout, { args: ["--testmon"], caches: true });
    const again = [...fileSeconds.values()].reduce((sum, each) => sum + each, 0);
    const one = { share: again / all, never: 0, files: Object.keys(plain.files).length, seconds };
    results.set(key, one);
    return one;
  });
}

/** @param {Checkout} checkout */
function forget({ root }) {
  for (const end of ["", "-shm", "-wal"]) rmSync(join(root, `${DATA}${end}`), { force: true });
}
