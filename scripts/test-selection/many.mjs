import { rmSync } from "node:fs";
import { join } from "node:path";
import { apply } from "./checkout.mjs";
import { generated } from "./generated.mjs";
import { runPlain } from "./plain.mjs";
import { kept } from "./results.mjs";
import { runSelector } from "./selector.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {{ seconds: number, ran: number, served: number }} Step of the whole command, and test files */

const TEST_FILES = 5000;
const MODULES = 500;
const ROUNDS = 3;

/**
 * What keeping account of so many test files takes: a run of them by pytest alone, a first run that makes records, and runs after one
 * function, or only a comment, changed in a module that a five-hundredth of them uses.
 * @param {string} place
 * @param {(text: string) => void} say
 * @returns {number} how often other files ran than those that use the module
 */
export function many(place, say) {
  const checkout = generated(place, "many", textsOf());
  const results = kept(checkout, "many");
  const store = join(place, "stores/many");
  if (!results.has("plain")) {
    const { seconds } = runPlain(checkout, { coverage: [] });
    results.set("plain", { seconds, ran: TEST_FILES, served: 0 });
  }
  // Without its records nothing that follows can be measured.
  rmSync(store, { recursive: true, force: true });
  results.set("cold", selected(checkout, store));
  let wrong = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const module = 7 * (round + 1);
    for (const [what, text, expected] of /** @type {const} */ ([
      ["comment", moduleText(module, { comment: "another comment" }), 0],
      ["function", moduleText(module, { factor: round + 2 }), TEST_FILES / MODULES],
    ])) {
      apply(checkout, { [pathOf(module)]: text });
      const step = selected(checkout, store);
      results.set(`${what} ${round}`, step);
      say(`  ${what}: ${step.ran} of ${TEST_FILES} files ran, ${step.seconds.toFixed(1)} s`);
      if (step.ran !== expected) wrong += 1;
    }
  }
  say(
    `many: plain ${results.get("plain").seconds.toFixed(1)} s, first run ${results.get("cold").seconds.toFixed(1)} s`,
  );
  return wrong;
}

/** @param {Checkout} checkout @param {string} store @returns {Step} */
function selected(checkout, store) {
  const { seconds, selection } = runSelector(checkout, { store });
  return { seconds, ran: selection.ran.length + selection.never.length, served: selection.served.length };
}

function textsOf() {
  const modules = Array.from({ length: MODULES }, (_, at) => [pathOf(at), moduleText(at, {})]);
  const tests = Array.from({ length: TEST_FILES }, (_, at) => [
    `tests/part_${at % 50}/test_${at}.py`,
    testText(at % MODULES, at),
  ]);
  const packages = Array.from({ length: 50 }, (_, at) => [`tests/part_${at}/__init__.py`, ""]);
  const base = "def shared(value):\n    return value + 1\n";
  return Object.fromEntries([["pkg/base.py", base], ...modules, ...packages, ...tests]);
}

/** @param {number} at */
function pathOf(at) {
  return `pkg/module_${at}.py`;
}

/** @param {number} at @param {{ factor?: number, comment?: string }} change */
function moduleText(at, { factor = 1, comment = "a comment" }) {
  return `from pkg.base import shared

# ${comment}
NUMBER = ${at}


def first(value):
    if value < 0:
        return 0
    return shared(value) * ${factor} // ${factor}


def second(value):
    total = 0
    for each in range(value):
        total += each
    return total + NUMBER


def third(value):
    return [second(each) for each in range(value)]
`;
}

/** @param {number} module @param {number} at */
function testText(module, at) {
  return `from pkg import module_${module} as tested


def test_first():
    assert tested.first(${at}) == ${at + 1}


def test_third():
    assert len(tested.third(3)) == 3
`;
}
