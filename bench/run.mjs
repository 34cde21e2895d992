// The cached second run, Symbiotic beside Turborepo: `node bench/run.mjs [--count 500] [--rounds 9] [--resume]`.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { venvBin } from "../scripts/lib/python.mjs";
import { script, ScriptError } from "../scripts/lib/run.mjs";
import { setUp } from "../scripts/setup.mjs";
import { contestants, floors } from "./lib/contestants.mjs";
import { measuredEnvironment } from "./lib/environment.mjs";
import { readCalls, recordGitCalls } from "./lib/git-calls.mjs";
import { readOptions } from "./lib/options.mjs";
import { placesOf } from "./lib/places.mjs";
import { planUnits, upstreamOf } from "./lib/plan.mjs";
import { machine, saveResults, unfinished, versions } from "./lib/results.mjs";
import { runContestant, runRound } from "./lib/series.mjs";
import { setUpRepository } from "./lib/set-up.mjs";
import { spread } from "./lib/statistics.mjs";
import { table } from "./lib/table.mjs";
import { installPeers, installSymbiotic } from "./lib/tools.mjs";

/** @typedef {import("./lib/options.mjs").Options} Options */
/** @typedef {import("./lib/results.mjs").Results} Results */
/** @typedef {import("./lib/series.mjs").Bench} Bench */

await script(async () => {
  if (process.platform === "win32") throw new ScriptError("the benchmark runs on Linux and macOS");
  const options = readOptions(process.argv.slice(2));
  const end = performance.now() + options.minutes * 60_000;
  const results = options.resume ? unfinished(options.name, options.count) : await begin(options);
  fillCaches(results, end);
  series(results, { rounds: options.rounds, end });
  process.stdout.write(`\n${table(results)}\n`);
});

/**
 * Installs and generates everything.
 * @param {Options} options
 * @returns {Promise<Results>}
 */
async function begin({ name, count }) {
  const { folder, repository } = placesOf(name);
  setUp();
  installPeers();
  installSymbiotic();
  rmSync(folder, { recursive: true, force: true });
  say(`generating ${count} projects`);
  const written = await setUpRepository(repository, count);
  /** @type {Results} */
  const results = {
    format: 1,
    name,
    day: new Date().toISOString().slice(0, 10),
    machine: machine(),
    versions: versions(join(venvBin(join(repository, ".venv")), "python")),
    repository: { projects: count, ...written, ...graphFacts(count) },
    cold: {},
    gitCalls: [],
    rounds: [],
  };
  saveResults(results);
  return results;
}

/**
 * A cold run of each contestant that has a cache of its own and did not have it yet, then one that is not counted.
 * @param {Results} results
 * @param {number} end
 */
function fillCaches(results, end) {
  const bench = benchOf(results);
  for (const contestant of bench.contestants) {
    const { id, argv, caches } = contestant;
    if (caches.length === 0 || results.cold[id]) continue;
    const longest = Math.max(0, ...Object.values(results.cold).map(({ ms }) => ms));
    if (performance.now() + longest > end) throw new ScriptError("the time allowed is over; go on with --resume");
    say(`cold run: ${id}`);
    for (const cache of caches) rmSync(join(bench.place.cwd, cache), { recursive: true, force: true });
    const figures = runContestant(bench, contestant, "cold");
    const { tasks } = runContestant(bench, contestant, "cached");
    if (id === "symbiotic") results.gitCalls = gitCallsOf(bench, results.name, argv);
    results.cold[id] = { ...figures, tasks };
    saveResults(results);
  }
}

/**
 * @param {Bench} bench
 * @param {string} name
 * @param {readonly string[]} argv
 */
function gitCallsOf({ python, place }, name, argv) {
  const { cwd, env } = place;
  return recordGitCalls({ python, argv, cwd, env, calls: placesOf(name).calls }).map(({ args }) => args.join(" "));
}

/**
 * @param {Results} results
 * @param {{ rounds: number, end: number }} limit
 */
function series(results, { rounds, end }) {
  const bench = benchOf(results);
  let longest = 0;
  while (results.rounds.length < rounds) {
    const start = performance.now();
    if (start + longest * 1.5 > end)
      throw new ScriptError(
        `${results.rounds.length} of ${rounds} rounds done in the time allowed; go on with --resume`,
      );
    const round = runRound(bench, results.rounds.length);
    results.rounds.push(round);
    saveResults(results);
    longest = Math.max(longest, performance.now() - start);
    const times = Object.entries(round.samples).map(([id, { ms }]) => `${id} ${ms.toFixed(0)}`);
    say(`round ${results.rounds.length} of ${rounds}, ms: ${times.join(", ")}`);
  }
}

/**
 * @param {Results} results
 * @returns {Bench}
 */
function benchOf(results) {
  const { repository, output, calls } = placesOf(results.name);
  return {
    python: join(venvBin(join(repository, ".venv")), "python"),
    count: results.repository["projects"] ?? 0,
    place: { cwd: repository, env: measuredEnvironment(), output },
    contestants: contestants(repository),
    floors: floors(),
    gitCalls: existsSync(calls) ? readCalls(calls) : [],
  };
}

/** @param {number} count */
function graphFacts(count) {
  const units = planUnits(count);
  const { median, max } = spread(units.map((unit) => upstreamOf(unit).size));
  return {
    edges: units.reduce((sum, { dependsOn }) => sum + dependsOn.length, 0),
    upstreamMedian: median,
    upstreamMax: max,
  };
}

/** @param {string} text */
function say(text) {
  process.stdout.write(`${text}\n`);
}
