// Measures a series, Symbiotic beside other tools: `node bench/run.mjs <series> [--rounds 9] [--minutes 20] [--tools a,b] [--resume]`.
import { SERIES } from "./lib/node/series.mjs";
import { runNodeSeries } from "./lib/node/run.mjs";
import { readOptions } from "./lib/options.mjs";
import { runPythonSeries } from "./lib/python/run.mjs";
import { script, ScriptError } from "../scripts/lib/run.mjs";

const USAGE = `usage: node bench/run.mjs <series> [--rounds 9] [--minutes 20] [--tools symbiotic,turbo] [--resume] [--workspace]
series: all, ${SERIES.join(", ")}, python-500
and each of them with another number of projects, or of projects and of files in each: cached-50, cached-50x10`;

await script(async () => {
  if (process.platform === "win32") throw new ScriptError("the benchmark runs on Linux and macOS");
  const options = readOptions(process.argv.slice(2), USAGE);
  const python = /^python-([1-9]\d*)$/.exec(options.series);
  if (python) return runPythonSeries(options, Number(python[1]));
  if (options.series === "all") return runAll(options);
  await runNodeSeries(options);
});

/**
 * One series after another; one that does not end does not keep the next from beginning.
 * @param {import("./lib/options.mjs").Options} options
 */
async function runAll(options) {
  let left = 0;
  for (const series of SERIES) {
    process.stdout.write(`\n${series}\n`);
    try {
      await runNodeSeries({ ...options, series });
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      process.stdout.write(`${error.message}\n`);
      left += 1;
    }
  }
  return left === 0 ? 0 : 1;
}
