import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { output } from "../real-repositories/processes.mjs";
import { commitOf, goTo } from "./checkout.mjs";
import { HERE, OPERATORS, SETTINGS } from "./settings.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {{ id: string, operator: string, tree: "real" | "probes", what: string, edits: Record<string, string | null>, env: Record<string, string> }} Made */
/** @typedef {Made & { digest: string }} Mutation */
/** @typedef {{ commits: { real: string, probes: string }, mutations: Mutation[] }} Planned */

/**
 * All mutations of a repository, and the commits they are made from; leaves the checkout at its head.
 * @param {Checkout} checkout
 * @returns {Planned}
 */
export function planOf(checkout) {
  const { head } = checkout.repository;
  goTo(checkout, head);
  /** @type {Made[]} */
  const real = generated(checkout, "mutate.py");
  /** @type {{ base: Record<string, string>, mutations: Made[] }} */
  const probed = generated(checkout, "probes.py");
  const probes = commitOf(checkout, head, probed.base);
  goTo(checkout, head);
  const mutations = [...real, ...probed.mutations].map((one) => ({ ...one, digest: digestOf(one) }));
  return { commits: { real: head, probes }, mutations };
}

/**
 * Every function of the package, with an edit of its body that does nothing.
 * @param {Checkout} checkout
 * @returns {{ what: string, edits: Record<string, string> }[]}
 */
export function functionsOf(checkout) {
  return generated(checkout, "functions.py");
}

/** @param {Checkout} checkout @param {string} script */
function generated({ root, python, repository }, script) {
  const temporary = mkdtempSync(join(tmpdir(), "mutate-"));
  const settings = join(temporary, "settings.json");
  writeFileSync(settings, JSON.stringify({ ...repository, seed: SETTINGS.seed, operators: OPERATORS }));
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1", PYTHONHASHSEED: "0" };
  try {
    return JSON.parse(output(python, [join(HERE, script), root, settings], { cwd: temporary, env }));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** What a mutation does, in short: recorded truth counts only for the same. @param {Made} mutation */
function digestOf({ edits, env }) {
  const sorted = Object.entries(edits).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([sorted, env]))
    .digest("hex")
    .slice(0, 16);
}
