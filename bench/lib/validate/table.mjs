import { lines, quartiles, range, ratiosOf, timesOf, two, whole } from "../markdown.mjs";
import { spread } from "../statistics.mjs";

const STATES = ["cold", "cached", "changed"];

/**
 * The figures of the real repository as Markdown.
 * @param {any} results of format 3, with at least one round
 */
export function table(results) {
  const { rounds, machine, repository, commit, files, date } = results;
  const ids = [...new Set(Object.keys(rounds[0].samples).map((name) => name.split(" ")[0] ?? ""))].sort();
  const load = spread(rounds.map((/** @type {{ load: number }} */ round) => round.load));
  const first = ids.indexOf("symbiotic");
  const ordered = ["symbiotic", ...ids.filter((_, at) => at !== first)];
  const rows = STATES.flatMap((state) => ordered.map((id) => row(rounds, state, id)));
  return [
    `\`${repository}\` at \`${commit}\`, ${files} files. ${rounds.length} ${rounds.length === 1 ? "round" : "rounds"} on ${date}; ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; load before a round ${range(load, (value) => value.toFixed(1))}.`,
    "",
    ...lines(["", "s, median", "min–max", "CPU s", "Symbiotic's time by it", "quartiles"], rows),
  ].join("\n");
}

/**
 * @param {any[]} rounds
 * @param {string} state
 * @param {string} id
 */
function row(rounds, state, id) {
  const times = timesOf(rounds, `${id} ${state}`);
  if (times === undefined) return [`${id}, ${state}`, "", "", "", "", ""];
  const seconds = (/** @type {number} */ ms) => (ms / 1000).toFixed(ms < 10_000 ? 2 : 1);
  const ratios = id === "symbiotic" ? [] : ratiosOf(rounds, `symbiotic ${state}`, `${id} ${state}`);
  const by = ratios.length === 0 ? undefined : spread(ratios);
  return [
    `${state}: ${id}`,
    seconds(times.ms.median),
    range(times.ms, seconds),
    whole(times.cpu.median / 1000),
    by === undefined ? "" : two(by.median),
    by === undefined ? "" : quartiles(by, two),
  ];
}
