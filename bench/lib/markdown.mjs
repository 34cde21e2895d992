import { spread } from "./statistics.mjs";

/** @typedef {import("./results.mjs").Round} Round */
/** @typedef {import("./statistics.mjs").Spread} Spread */

/**
 * The lines of a table: the first column of text, the others of figures.
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function lines(head, rows) {
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`);
}

/**
 * Median, ends and quartiles as three cells.
 * @param {Spread} values
 * @param {(value: number) => string} say
 */
export function cells(values, say) {
  return [say(values.median), range(values, say), quartiles(values, say)];
}

/**
 * @param {Spread} values
 * @param {(value: number) => string} say
 */
export function range({ min, max }, say) {
  return `${say(min)}–${say(max)}`;
}

/**
 * @param {Spread} values
 * @param {(value: number) => string} say
 */
export function quartiles({ q1, q3 }, say) {
  return `${say(q1)}–${say(q3)}`;
}

/** @param {number} value */
export function whole(value) {
  return value.toFixed(0);
}

/** @param {number} value */
export function two(value) {
  return value.toFixed(2);
}

/**
 * Times and memory of what was measured, a row of seven cells; nothing if no round has it.
 * @param {readonly Round[]} rounds
 * @param {string} id
 */
export function timesOf(rounds, id) {
  const samples = rounds.flatMap((round) => round.samples[id] ?? []);
  if (samples.length === 0) return undefined;
  const ms = spread(samples.map((sample) => sample.ms));
  const cpu = spread(samples.map((sample) => sample.cpuMs));
  const peak = spread(samples.map((sample) => sample.peakKb / 1024));
  return { ms, cpu, peak };
}

/**
 * The quotient of two times in each round that has both.
 * @param {readonly Round[]} rounds
 * @param {string} above
 * @param {string} below
 */
export function ratiosOf(rounds, above, below) {
  return rounds.flatMap(({ samples }) => {
    const [one, other] = [samples[above], samples[below]];
    return one && other ? [one.ms / other.ms] : [];
  });
}
