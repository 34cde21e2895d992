import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { venvBin } from "../../../scripts/lib/python.mjs";
import { projectNode } from "../../../scripts/lib/run.mjs";
import { setUp } from "../../../scripts/setup.mjs";
import { deadlineIn, say } from "../deadline.mjs";
import { measuredEnvironment } from "../environment.mjs";
import { installPeer } from "../install.mjs";
import { installedSources, installSymbiotic } from "../packed.mjs";
import { resultsFolder } from "../places.mjs";
import { machine, saveResults, today, versionOf } from "../results.mjs";
import { spread } from "../statistics.mjs";
import { PEERS, PNPM } from "../versions.mjs";
import { contestants, floors } from "./contestants.mjs";
import { readCalls, recordGitCalls } from "./git-calls.mjs";
import { placesOf } from "./places.mjs";
import { planUnits, upstreamOf } from "./plan.mjs";
import { unfinished } from "./results.mjs";
import { runContestant, runRound } from "./series.mjs";
import { setUpRepository } from "./set-up.mjs";
import { table } from "./table.mjs";

/** @typedef {import("../deadline.mjs").Deadline} Deadline */
/** @typedef {import("./results.mjs").Results} Results */
/** @typedef {import("./series.mjs").Bench} Bench */

/**
 * The cached second run over Python projects, Symbiotic beside Turborepo.
 * @param {import("../options.mjs").Options} options
 * @param {number} count of projects
 */
export async function runPythonSeries(options, count) {
  const deadline = deadlineIn(options.minutes);
  const rounds = options.rounds ?? 9;
  const folder = resultsFolder(options, rounds);
  const kept = options.resume ? unfinished(folder, options.series) : undefined;
  const results = kept ?? (await begin(options.series, count));
  const save = () => saveResults(folder, results);
  save();
  fillCaches(results, deadline, save);
  series(results, { rounds, deadline, save });
  say(`\n${table(results)}`);
}

/**
 * Installs and generates everything.
 * @param {string} name
 * @param {number} count
 * @returns {Promise<Results>}
 */
async function begin(name, count) {
  const { folder, repository } = placesOf(name);
  setUp();
  for (const peer of ["pnpm", "turbo"]) installPeer(peer);
  installSymbiotic();
  rmSync(folder, { recursive: true, force: true });
  say(`generating ${count} projects`);
  const written = await setUpRepository(repository, count);
  return {
    format: 1,
    name,
    day: today(),
    machine: machine(),
    versions: versions(join(venvBin(join(repository, ".venv")), "python")),
    repository: { projects: count, ...written, ...graphFacts(count) },
    cold: {},
    gitCalls: [],
    rounds: [],
  };
}

/**
 * @param {string} python
 * @returns {Record<string, string>}
 */
function versions(python) {
  return {
    sources: installedSources() ?? "unknown",
    node: versionOf(projectNode()),
    python: versionOf(python),
    git: versionOf("git"),
    turbo: PEERS["turbo"]?.version ?? "unknown",
    pnpm: PNPM,
  };
}

/**
 * A cold run of each contestant that has a cache of its own and did not have it yet, then one that is not counted.
 * @param {Results} results
 * @param {Deadline} deadline
 * @param {() => void} save
 */
function fillCaches(results, deadline, save) {
  const bench = benchOf(results);
  for (const contestant of bench.contestants) {
    const { id, argv, caches } = contestant;
    if (caches.length === 0 || results.cold[id]) continue;
    deadline.check(Math.max(0, ...Object.values(results.cold).map(({ ms }) => ms)));
    say(`cold run: ${id}`);
    for (const cache of caches) rmSync(join(bench.place.cwd, cache), { recursive: true, force: true });
    const figures = runContestant(bench, contestant, "cold");
    const { tasks } = runContestant(bench, contestant, "cached");
    if (id === "symbiotic") results.gitCalls = gitCallsOf(bench, results.name, argv);
    results.cold[id] = { ...figures, tasks };
    save();
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
 * @param {{ rounds: number, deadline: Deadline, save: () => void }} how
 */
function series(results, { rounds, deadline, save }) {
  const bench = benchOf(results);
  let longest = 0;
  while (results.rounds.length < rounds) {
    const start = performance.now();
    deadline.check(longest * 1.5);
    const round = runRound(bench, results.rounds.length);
    results.rounds.push(round);
    save();
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
