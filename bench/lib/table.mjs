import { contestants, floors } from "./contestants.mjs";
import { spread } from "./statistics.mjs";

/** @typedef {import("./results.mjs").Results} Results */
/** @typedef {import("./statistics.mjs").Spread} Spread */

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
  const rows = idsOf(rounds).map((id) => {
    const samples = rounds.flatMap((round) => round.samples[id] ?? []);
    const ms = spread(samples.map((sample) => sample.ms));
    const cpu = spread(samples.map((sample) => sample.cpuMs));
    const peak = spread(samples.map((sample) => sample.peakKb / 1024));
    return [
      titles.get(id) ?? id,
      whole(ms.median),
      range(ms, whole),
      quartiles(ms, whole),
      whole(cpu.median),
      whole(peak.median),
    ];
  });
  return lines(["cached run", "ms, median", "min–max", "quartiles", "CPU ms, median", "peak memory, MB"], rows);
}

/**
 * @param {Results} results
 * @param {ReadonlyMap<string, string>} titles
 */
function ratios({ rounds }, titles) {
  const rows = ["turbo", "turbo-native"].map((id) => {
    const ratio = spread(perRound(rounds, "symbiotic", id));
    return [titles.get(id) ?? id, ...cells(ratio, (value) => value.toFixed(2))];
  });
  return lines(["time of Symbiotic by that of", "median of the rounds", "min–max", "quartiles"], rows);
}

/**
 * @param {Results} results
 * @param {ReadonlyMap<string, string>} titles
 */
function shares({ rounds }, titles) {
  const rows = ["node", "git-calls"].map((id) => {
    const share = spread(perRound(rounds, id, "symbiotic"));
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
 * @param {Results["rounds"]} rounds
 * @param {string} above
 * @param {string} below
 */
function perRound(rounds, above, below) {
  return rounds.map(({ samples }) => (samples[above]?.ms ?? 0) / (samples[below]?.ms ?? 1));
}

/**
 * In the order of the first round's parts, which no round's rotation changes.
 * @param {Results["rounds"]} rounds
 */
function idsOf(rounds) {
  return Object.keys(rounds[0]?.samples ?? {});
}

/**
 * @param {Spread} values
 * @param {(value: number) => string} say
 */
function cells(values, say) {
  return [say(values.median), range(values, say), quartiles(values, say)];
}

/**
 * @param {Spread} values
 * @param {(value: number) => string} say
 */
function range({ min, max }, say) {
  return `${say(min)}–${say(max)}`;
}

/**
 * @param {Spread} values
 * @param {(value: number) => string} say
 */
function quartiles({ q1, q3 }, say) {
  return `${say(q1)}–${say(q3)}`;
}

/** @param {number} value */
function whole(value) {
  return value.toFixed(0);
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function lines(head, rows) {
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`);
}
