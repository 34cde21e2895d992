import { cells, lines, range, ratiosOf, timesOf, two, whole } from "../markdown.mjs";
import { spread } from "../statistics.mjs";
import { TOOLS } from "../tools/all.mjs";
import { floors } from "../tools/floors.mjs";
import { KINDS } from "./kinds.mjs";

/** @typedef {import("./results.mjs").Results} Results */

const TITLES = new Map([...TOOLS, ...floors()].map(({ id, title }) => [id, title]));

/**
 * The figures of a series as Markdown.
 * @param {Results} results with at least one round
 */
export function tableOf(results) {
  const { rounds, measured, repository } = results;
  const ran = rounds.some(({ samples }) => Object.values(samples).some(({ executed }) => (executed ?? 0) > 0));
  const ours = rounds.some(({ samples }) => samples["symbiotic"]);
  const head = ["", "ms, median", "min–max", "quartiles", "CPU ms", "peak MB"];
  const columns = [...head, ...(ran ? ["tasks run"] : []), ...(ours ? RATIO : [])];
  const rows = measured.flatMap((id) => rowOf(results, id, { ran, ours }));
  const title = KINDS[results.kind]?.title ?? results.kind;
  const size = `${repository.projects} projects of ${repository.filesOfProject} files`;
  return [`#### \`${results.name}\`: ${title}; ${size}`, "", heading(results), "", ...lines(columns, rows)].join("\n");
}

const RATIO = ["Symbiotic's time by it", "min–max", "quartiles"];

/**
 * @param {Results} results
 * @param {string} id
 * @param {{ ran: boolean, ours: boolean }} has which columns there are
 */
function rowOf({ rounds }, id, { ran, ours }) {
  const times = timesOf(rounds, id);
  if (times === undefined) return [];
  const { ms, cpu, peak } = times;
  const ratios = id === "symbiotic" ? [] : ratiosOf(rounds, "symbiotic", id);
  const executed = rounds.flatMap(({ samples }) => samples[id]?.executed ?? []);
  return [
    [
      TITLES.get(id) ?? id,
      ...cells(ms, (value) => precise(value, ms.median)),
      whole(cpu.median),
      whole(peak.median),
      ...(ran ? [executed.length > 0 ? whole(spread(executed).median) : ""] : []),
      ...(ratios.length > 0 ? cells(spread(ratios), two) : ours ? ["", "", ""] : []),
    ],
  ];
}

/** @param {Results} results */
function heading({ rounds, machine, versions, day, repository }) {
  const load = spread(rounds.map((round) => round.load));
  const { sources, ...others } = versions;
  const programs = Object.entries(others).map(([name, version]) => `${name} ${version}`);
  return [
    `${rounds.length} rounds on ${day}; ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; load before a round ${range(load, (value) => value.toFixed(1))}.`,
    `${repository.files} files of ${(repository.bytes / 1e6).toFixed(1)} MB, ${repository.edges} edges.`,
    `${programs.join(", ")}${sources === undefined ? "" : `; sources ${sources}`}.`,
  ].join("\n");
}

/**
 * @param {number} value
 * @param {number} median
 */
function precise(value, median) {
  return median < 100 ? value.toFixed(1) : whole(value);
}
