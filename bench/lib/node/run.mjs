import { execFileSync } from "node:child_process";
import { findPython } from "../../../scripts/lib/python.mjs";
import { deadlineIn, say } from "../deadline.mjs";
import { installPeer } from "../install.mjs";
import { installSymbiotic } from "../packed.mjs";
import { resultsFolder } from "../places.mjs";
import { loadResults, saveResults } from "../results.mjs";
import { ensureCopy } from "./copies.mjs";
import { KINDS } from "./kinds.mjs";
import { checkSame, newResults } from "./results.mjs";
import { prepare, runRound } from "./round.mjs";
import { pick, seriesNamed } from "./series.mjs";
import { tableOf } from "./table.mjs";

/** @typedef {import("../deadline.mjs").Deadline} Deadline */
/** @typedef {import("../options.mjs").Options} Options */
/** @typedef {import("./results.mjs").Results} Results */
/** @typedef {import("./round.mjs").Bench} Bench */
/** @typedef {import("./series.mjs").Series} Series */

/**
 * Measures a series of the Node-style monorepo, or goes on with it.
 * @param {Options} options
 */
export async function runNodeSeries(options) {
  const deadline = deadlineIn(options.minutes);
  const series = seriesNamed(options.series);
  const rounds = options.rounds ?? series.rounds;
  const measured = options.tools ?? series.tools;
  const folder = resultsFolder(options, rounds);
  const bench = { python: interpreter(), size: series.size, kind: kindOf(series), ...pick(measured) };
  const results = await begin(series, bench, { deadline, measured, workspace: options.workspace });
  const kept = options.resume ? loadResults(folder, series.name) : undefined;
  if (kept !== undefined) checkSame(kept, results);
  results.rounds = kept?.rounds ?? [];
  if (results.rounds.length < rounds) {
    for (const tool of bench.tools) {
      deadline.check();
      say(`preparing ${tool.id}`);
      prepare(bench, tool);
    }
    measure(bench, results, { rounds, deadline, folder });
  }
  say(`\n${tableOf(results)}\n\nraw figures: ${folder}/${series.name}.json`);
}

/**
 * Installs the tools and makes their copies of the repository.
 * @param {Series} series
 * @param {Bench} bench
 * @param {{ deadline: Deadline, measured: readonly string[], workspace: boolean }} how
 */
async function begin(series, { tools }, { deadline, measured, workspace }) {
  /** @type {import("./write-repository.mjs").Written | undefined} */
  let first;
  installPeer("pnpm");
  for (const tool of tools) {
    deadline.check();
    if (tool.peer !== undefined) installPeer(tool.peer);
    else if (!workspace) installSymbiotic();
    const written = await ensureCopy(series.size, tool, workspace);
    first ??= written;
  }
  return newResults(series, { tools, measured, written: first ?? { files: 0, bytes: 0 }, workspace });
}

/**
 * @param {Bench} bench
 * @param {Results} results
 * @param {{ rounds: number, deadline: Deadline, folder: string }} how
 */
function measure(bench, results, { rounds, deadline, folder }) {
  let longest = 0;
  while (results.rounds.length < rounds) {
    const start = performance.now();
    deadline.check(longest * 1.2);
    const round = runRound(bench, results.rounds.length);
    results.rounds.push(round);
    saveResults(folder, results);
    longest = Math.max(longest, performance.now() - start);
    const times = Object.entries(round.samples).map(([id, { ms }]) => `${id} ${ms.toFixed(0)}`);
    say(`round ${results.rounds.length} of ${rounds}, ms: ${times.join(", ")}`);
  }
}

/** @param {Series} series */
function kindOf({ kind }) {
  const found = KINDS[kind];
  if (found === undefined) throw new Error(`no kind ${kind}`);
  return found;
}

/** The interpreter itself: a shim in front of it would need the home folder that is measured without. */
function interpreter() {
  const [file = "", ...args] = findPython().argv;
  return execFileSync(file, [...args, "-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
}
