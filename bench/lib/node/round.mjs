import { load } from "../results.mjs";
import { TASKS } from "../tools/tool.mjs";
import { run, runTool } from "./command.mjs";
import { copyOf } from "./copies.mjs";
import { pause, takeBack } from "./edits.mjs";

/** @typedef {import("../results.mjs").Figures} Figures */
/** @typedef {import("../results.mjs").Round} Round */
/** @typedef {import("../tools/floors.mjs").Floor} Floor */
/** @typedef {import("../tools/tool.mjs").Tool} Tool */
/** @typedef {import("./kinds.mjs").Kind} Kind */

/** How long a server of a tool has for noticing a change before its client asks. */
const NOTICE_MS = 1000;

/** How many runs may pass until everything is cached. */
const FILLS = 3;

/**
 * @typedef {object} Bench
 * @property {string} python the interpreter that measures
 * @property {import("./write-repository.mjs").Size} size
 * @property {Kind} kind
 * @property {readonly Tool[]} tools
 * @property {readonly Floor[]} floors
 */

/**
 * Brings a tool's copy into the state before the first round.
 * @param {Bench} bench
 * @param {Tool} tool
 */
export function prepare({ python, size, kind }, tool) {
  const copy = copyOf(size, tool);
  takeBack(copy);
  if (!kind.warm) return;
  const where = { python, copy, tool };
  fillCache(where, TASKS.length * size.projects);
  if (tool.stop) runTool(where, tool.stop);
}

/**
 * Runs everything until nothing is left to be run.
 * @param {{ python: string, copy: string, tool: Tool }} where
 * @param {number} total
 */
function fillCache(where, total) {
  for (let left = FILLS; left > 0; left--) {
    const { executed } = runTool(where, where.tool.run, { total, least: 0, most: left === 1 ? 0 : total });
    if (executed === 0) return;
  }
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
    ...bench.tools.map((tool) => ({ id: tool.id, measured: () => sample(bench, tool) })),
    ...bench.floors.map((floor) => ({ id: floor.id, measured: () => sampleFloor(bench, floor) })),
  ];
  const first = number % parts.length;
  const order = [...parts.slice(first), ...parts.slice(0, first)];
  return { load: before, samples: Object.fromEntries(order.map(({ id, measured }) => [id, measured()])) };
}

/**
 * @param {Bench} bench
 * @param {Tool} tool
 * @returns {Figures}
 */
function sample({ python, size, kind }, tool) {
  const where = { python, copy: copyOf(size, tool), tool };
  const expected = kind.expected(size.projects);
  if (tool.stop && kind.warm) runTool(where, tool.run);
  kind.before(where.copy, tool, size.projects);
  if (tool.stop) pause(NOTICE_MS);
  if (kind.runs) runTool(where, tool.run, expected);
  const figures = runTool(where, kind.args(tool, size.projects), kind.runs ? undefined : expected);
  if (tool.stop) runTool(where, tool.stop);
  return figures;
}

/**
 * @param {Bench} bench
 * @param {Floor} floor
 * @returns {Figures}
 */
function sampleFloor({ python, size, tools }, { argv }) {
  return run({ python, copy: copyOf(size, tools[0] ?? { copy: "symbiotic" }) }, argv).figures;
}
