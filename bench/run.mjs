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
  series(benchOf(options), results, { rounds: options.rounds, end });
  process.stdout.write(`\n${table(results)}\n`);
});

/**
 * Everything up to the first round: installs, generates, and fills both caches.
 * @param {Options} options
 * @returns {Promise<Results>}
 */
async function begin({ name, count }) {
  const { folder, repository, calls } = placesOf(name);
  setUp();
  installPeers();
  installSymbiotic();
  rmSync(folder, { recursive: true, force: true });
  say(`generating ${count} projects`);
  const written = await setUpRepository(repository, count);
  const bench = benchOf({ name, count });
  const cold = fillCaches(bench);
  const [symbiotic] = bench.contestants;
  const recorded = recordGitCalls({ ...bench, argv: symbiotic?.argv ?? [], ...bench.place, calls });
  /** @type {Results} */
  const results = {
    format: 1,
    name,
    day: new Date().toISOString().slice(0, 10),
    machine: machine(),
    versions: versions(bench.python),
    repository: { projects: count, tasks: cold["symbiotic"]?.tasks ?? 0, ...written, ...graphFacts(count) },
    cold,
    gitCalls: recorded.map(({ args }) => args.join(" ")),
    rounds: [],
  };
  saveResults(results);
  return results;
}

/**
 * One cold run each, and one cached run each that is not counted.
 * @param {Bench} bench
 */
function fillCaches(bench) {
  /** @type {Results["cold"]} */
  const cold = {};
  for (const contestant of bench.contestants) {
    if (contestant.id !== "turbo-native") {
      say(`cold run: ${contestant.id}`);
      const figures = runContestant(bench, contestant, "cold");
      const { tasks } = runContestant(bench, contestant, "cached");
      cold[contestant.id] = { ...figures, tasks };
    }
  }
  return cold;
}

/**
 * @param {Bench} bench
 * @param {Results} results
 * @param {{ rounds: number, end: number }} limit
 */
function series(bench, results, { rounds, end }) {
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
 * @param {Pick<Options, "name" | "count">} options
 * @returns {Bench}
 */
function benchOf({ name, count }) {
  const { repository, output, calls } = placesOf(name);
  return {
    python: join(venvBin(join(repository, ".venv")), "python"),
    count,
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
