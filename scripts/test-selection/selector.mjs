import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../lib/paths.mjs";
import { projectNode, ScriptError } from "../lib/run.mjs";
import { ATOMS, keptEvidence, testsOf } from "../real-repositories/by-symbiotic.mjs";
import { run } from "../real-repositories/processes.mjs";
import { variables } from "./plain.mjs";
import { selectionIn } from "./selection.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {import("./plain.mjs").Variables} Variables */
/** @typedef {import("../real-repositories/by-symbiotic.mjs").Evidence} Evidence */
/** @typedef {import("../real-repositories/by-symbiotic.mjs").Summary} Summary */
/** @typedef {import("./selection.mjs").Selection} Selection */

/**
 * @typedef {object} Told what one run of the command said
 * @property {number} exit
 * @property {number} seconds of the whole command
 * @property {string} status of the task; `missing` where there is none
 * @property {boolean} isHit the task as a whole came from the cache
 * @property {ReadonlyMap<string, string>} outcomes
 * @property {Evidence | undefined} evidence of a task that is ok
 * @property {Selection} selection
 * @property {string} said
 */

const PROGRAM = join(ROOT, "packages/cli/bin/symbiotic.js");

/**
 * `symbiotic run pytest` in a checkout.
 * @param {Checkout} checkout
 * @param {{ store: string, env?: Variables }} options
 * @returns {Told}
 */
export function runSelector(checkout, { store, env = {} }) {
  const { root } = checkout;
  // Runs before this one say nothing, and their number grows.
  rmSync(join(root, ".symbiotic"), { recursive: true, force: true });
  const done = run(projectNode(), [PROGRAM, "run", "pytest", "--filter", checkout.repository.name], {
    cwd: root,
    env: { ...variables(env), SYMBIOTIC_CACHE_DIR: store },
  });
  const said = `${done.stdout}${done.stderr}`;
  const summary = summaryOf(root, said);
  const task = summary.tasks.find(({ id }) => id.endsWith(`:${ATOMS.tests}`));
  const ended = { exit: done.code, seconds: done.seconds, said };
  if (task === undefined) {
    const selection = selectionIn(root, new Map(), false);
    return { ...ended, status: "missing", isHit: false, outcomes: new Map(), evidence: undefined, selection };
  }
  const project = { name: task.project, root: ".", dependsOn: [] };
  const plain = { name: task.project, root, commit: "", bin: "", python: "", symbiotic: "", env: {} };
  const outcomes = task.status === "broken" ? new Map() : testsOf(plain, store, { task, project, summary });
  const isHit = task.cache === "hit";
  return {
    ...{ ...ended, status: task.status, isHit, outcomes },
    evidence: task.status === "ok" ? keptEvidence(store, task.id) : undefined,
    selection: selectionIn(root, outcomes, isHit),
  };
}

/** @param {string} root @param {string} said @returns {Summary} */
function summaryOf(root, said) {
  const folder = join(root, ".symbiotic/runs");
  const id = existsSync(folder) ? readdirSync(folder)[0] : undefined;
  if (id === undefined) throw new ScriptError(`symbiotic left no run in ${root}; it said\n${said}`);
  return JSON.parse(readFileSync(join(folder, id, "summary.json"), "utf8"));
}

/**
 * A store of its own with what another has.
 * @param {string} from
 * @param {string} to
 */
export function copyStore(from, to) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
}
