// `node scripts/test-selection.mjs <part> [<repository>...] [--place <folder>] [--mirror <folder>]`: proves on real repositories that
// the tests that are not run again would have ended as it is told. Each part goes on where it was ended. The parts:
//   prepare  clones and environments, pinned            truth   what each mutation does to the whole suite, recorded in docs/proofs
//   repeat   the same once more: what is unsteady       equal   tests and coverage as plain pytest, after each commit of a range
//   sound    each mutation against the truth            worth   what runs again, beside pytest-testmon; what recording costs
//   holes    what a record may miss, one test each      many    what 5,000 generated test files take
//   report   the results so far, as docs/proofs/test-selection.md
// `--mirror` has the repositories as `owner+name/repo`; without it they are cloned from GitHub. `--place` is where all of it is made.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { script, ScriptError } from "./lib/run.mjs";
import { openCheckout } from "./test-selection/checkout.mjs";
import { equal } from "./test-selection/equal.mjs";
import { holes } from "./test-selection/holes.mjs";
import { many } from "./test-selection/many.mjs";
import { report } from "./test-selection/report.mjs";
import { PLACE, repositoriesOf } from "./test-selection/settings.mjs";
import { sound } from "./test-selection/sound.mjs";
import { recordTruth, repeatTruth } from "./test-selection/truth.mjs";
import { worth } from "./test-selection/worth.mjs";

/** @typedef {import("./test-selection/checkout.mjs").Checkout} Checkout */
/** @typedef {(checkout: Checkout, options: { say: (text: string) => void, mirror: string | undefined }) => number} Part gives how much was wrong */

/** @type {Readonly<Record<string, Part>>} */
const PARTS = {
  prepare: () => 0,
  truth: (checkout, { say }) => (recordTruth(checkout, say), 0),
  repeat: (checkout, { say }) => (repeatTruth(checkout, say), 0),
  equal: (checkout, { say }) => equal(checkout, say),
  sound: (checkout, { say }) => sound(checkout, say),
  worth,
};

await script(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { place: { type: "string", default: PLACE }, mirror: { type: "string" } },
  });
  const [name = "", ...names] = positionals;
  const place = resolve(values.place);
  const { mirror } = values;
  mkdirSync(place, { recursive: true });
  if (name === "report") return void report(place);
  if (name === "many") return many(place, say) === 0 ? 0 : 1;
  if (name === "holes") return holes(place, say) === 0 ? 0 : 1;
  const part = PARTS[name];
  if (part === undefined)
    throw new ScriptError(`say which part: ${[...Object.keys(PARTS), "holes", "many", "report"].join(", ")}`);
  let wrong = 0;
  for (const repository of repositoriesOf(names))
    wrong += part(openCheckout(repository, { place, mirror }), { say, mirror });
  return wrong === 0 ? 0 : 1;
});

/** @param {string} text */
function say(text) {
  process.stdout.write(`${text}\n`);
}
