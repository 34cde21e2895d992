import { readFileSync } from "node:fs";
import { ScriptError } from "../../../scripts/lib/run.mjs";
import { measure } from "../measure.mjs";
import { load } from "../results.mjs";

/** @typedef {import("./contestants.mjs").Contestant} Contestant */
/** @typedef {import("./git-calls.mjs").GitCall} GitCall */
/** @typedef {import("../measure.mjs").Place} Place */
/** @typedef {import("../results.mjs").Figures} Figures */
/** @typedef {import("../results.mjs").Round} Round */

/** How many tasks there are for each project: lint, format, test. */
const TASKS = 3;

/**
 * @typedef {object} Bench
 * @property {string} python the interpreter that measures
 * @property {number} count of projects
 * @property {Place} place
 * @property {readonly Contestant[]} contestants
 * @property {readonly { id: string, argv: string[] }[]} floors
 * @property {readonly GitCall[]} gitCalls
 */

/**
 * Runs a contestant and makes sure of what it did.
 * @param {Bench} bench
 * @param {Contestant} contestant
 * @param {"cold" | "cached"} wanted
 * @returns {Figures & { tasks: number }}
 */
export function runContestant({ python, count, place }, { id, argv, tasks }, wanted) {
  const { exitCode, ...figures } = measure(python, argv, place);
  const output = readFileSync(place.output, "utf8");
  const seen = wanted === "cached" ? tasks(output) : { total: count * TASKS, executed: 0 };
  if (exitCode !== 0 || seen === undefined || seen.total < count * TASKS || seen.executed > 0) {
    const said =
      seen === undefined
        ? "its output does not say what was cached"
        : `${seen.executed} of ${seen.total} tasks were not cached`;
    throw new ScriptError(
      `${id}, ${wanted}: exit code ${exitCode}, ${said}; the end of its output:\n${output.slice(-3000)}`,
    );
  }
  return { ...figures, tasks: seen.total };
}

/**
 * Measures everything once. Each round begins with the next one, so that nobody always follows the same one.
 * @param {Bench} bench
 * @param {number} number of the round
 * @returns {Round}
 */
export function runRound(bench, number) {
  const before = load();
  const parts = [
    ...bench.contestants.map((one) => ({ id: one.id, run: () => cached(bench, one) })),
    ...bench.floors.map(({ id, argv }) => ({ id, run: () => floor(bench, argv) })),
    { id: "git-calls", run: () => gitCalls(bench) },
  ];
  const first = number % parts.length;
  const order = [...parts.slice(first), ...parts.slice(0, first)];
  return { load: before, samples: Object.fromEntries(order.map(({ id, run }) => [id, run()])) };
}

/**
 * @param {Bench} bench
 * @param {Contestant} contestant
 * @returns {Figures}
 */
function cached(bench, contestant) {
  const { tasks: _, ...figures } = runContestant(bench, contestant, "cached");
  return figures;
}

/**
 * @param {Bench} bench
 * @param {readonly string[]} argv
 * @returns {Figures}
 */
function floor({ python, place }, argv) {
  const { exitCode, ...figures } = measure(python, argv, place);
  if (exitCode !== 0) throw new ScriptError(`${argv.join(" ")} ended with exit code ${exitCode}`);
  return figures;
}

/**
 * Every start of git that a cached run of Symbiotic makes, one after another.
 * @param {Bench} bench
 * @returns {Figures}
 */
function gitCalls({ python, place, gitCalls: calls }) {
  const env = { ...place.env, GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" };
  const samples = calls.map(({ args, cwd, input }) => measure(python, ["git", ...args], { ...place, env, cwd, input }));
  return {
    ms: samples.reduce((sum, { ms }) => sum + ms, 0),
    cpuMs: samples.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    peakKb: Math.max(0, ...samples.map(({ peakKb }) => peakKb)),
  };
}
