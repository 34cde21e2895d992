import { ScriptError } from "../../scripts/lib/run.mjs";

/**
 * Ends a series, to be gone on with later, where the next step would probably not be done in the time allowed.
 * @typedef {object} Deadline
 * @property {(expectedMs?: number) => void} check before a step
 */

/**
 * @param {number} minutes from now
 * @returns {Deadline}
 */
export function deadlineIn(minutes) {
  const end = performance.now() + minutes * 60_000;
  return {
    check(expectedMs = 0) {
      if (performance.now() + expectedMs > end)
        throw new ScriptError("the time allowed is over; what was measured is kept, go on with --resume");
    },
  };
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}
