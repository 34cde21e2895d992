import { cells, lines, range, ratiosOf, timesOf, two, whole } from "../markdown.mjs";
import { spread } from "../statistics.mjs";
import { contestants, floors } from "./contestants.mjs";

/** @typedef {import("./results.mjs").Results} Results */

const GIT = "its calls of git, one after another";

/**
 * The figures of a series as Markdown.
 * @param {Results} results with at least one round
 */
export function table(results) {
  const titles = new Map([...contestants(""), ...floors()].map(({ id, title }) => [id, title]));
  titles.set("git-calls", GIT);
  return [
    heading(results),
    "",
    ...times(results, titles),
    "",
    ...ratios(results, titles),
    "",
    ...shares(results, titles),
    "",
    ...colds(results, titles),
  ].join("\n");
}

/** @param {Results} results */
function heading({ repository, cold, rounds, machine, versions, day }) {
  const load = spread(rounds.map((round) => round.load));
  return [
    `### ${repository["projects"]} projects, ${cold["symbiotic"]?.tasks} tasks`,
    "",
    `${repository["files"]} files of ${((repository["bytes"] ?? 0) / 1e6).toFixed(1)} MB; a project stands on ${repository["upstreamMedian"]} others (median; at most ${repository["upstreamMax"]}).`,
    `${rounds.length} rounds on ${day}; ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; load before a round ${range(load, (value) => value.toFixed(1))}.`,
    `Node ${versions["node"]}, Python ${versions["python"]}, git ${versions["git"]}, turbo ${versions["turbo"]}; sources ${versions["sources"]}.`,
  ].join("\n");
}

/**
 * @param {Results} results
 * @param {ReadonlyMap<string, string>} titles
 */
function times({ rounds }, titles) {
  const rows = idsOf(rounds).flatMap((id) => {
    const times = timesOf(rounds, id);
    if (times === undefined) return [];
    const { ms, cpu, peak } = times;
    return [[titles.get(id) ?? id, ...cells(ms, whole), whole(cpu.median), whole(peak.median)]];
  });
  return lines(["cached run", "ms, median", "min–max", "quartiles", "CPU ms, median", "peak memory, MB"], rows);
}

/**
 * @param {Results} results
 * @param {ReadonlyMap<string, string>} titles
 */
function ratios({ rounds }, titles) {
  const rows = ["turbo", "turbo-native"].map((id) => {
    const ratio = spread(ratiosOf(rounds, "symbiotic", id));
    return [titles.get(id) ?? id, ...cells(ratio, two)];
  });
  return lines(["time of Symbiotic by that of", "median of the rounds", "min–max", "quartiles"], rows);
}

/**
 * @param {Results} results
 * @param {ReadonlyMap<string, string>} titles
 */
function shares({ rounds }, titles) {
  const rows = ["node", "git-calls"].map((id) => {
    const share = spread(ratiosOf(rounds, id, "symbiotic"));
    return [titles.get(id) ?? id, ...cells(share, (value) => `${(value * 100).toFixed(0)} %`)];
  });
  return lines(["share of the time of Symbiotic", "median of the rounds", "min–max", "quartiles"], rows);
}

/**
 * @param {Results} results
 * @param {ReadonlyMap<string, string>} titles
 */
function colds({ cold }, titles) {
  const rows = Object.entries(cold).map(([id, { ms, cpuMs, peakKb }]) => [
    titles.get(id) ?? id,
    (ms / 1000).toFixed(0),
    (cpuMs / 1000).toFixed(0),
    (peakKb / 1024).toFixed(0),
  ]);
  return lines(["first run, nothing cached, once", "s", "CPU s", "peak memory, MB"], rows);
}

/**
 * In the order of the first round's parts, which no round's rotation changes.
 * @param {Results["rounds"]} rounds
 */
function idsOf(rounds) {
  return Object.keys(rounds[0]?.samples ?? {});
}
