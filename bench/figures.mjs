// Writes the figures of bench/results/ into bench/README.md: `node bench/figures.mjs`.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../scripts/lib/paths.mjs";
import { binOf, must, projectNode, script, ScriptError } from "../scripts/lib/run.mjs";
import { aimsTable } from "./lib/node/aims.mjs";
import { growthTables } from "./lib/node/growth.mjs";
import { SERIES } from "./lib/node/series.mjs";
import { tableOf } from "./lib/node/table.mjs";
import { RESULTS } from "./lib/places.mjs";
import { table as pythonTable } from "./lib/python/table.mjs";
import { loadResults } from "./lib/results.mjs";
import { table as validateTable } from "./lib/validate/table.mjs";

/** @typedef {import("./lib/node/results.mjs").Results} NodeResults */
/** @typedef {import("./lib/python/results.mjs").Results} PythonResults */

const README = "bench/README.md";

await script(() => {
  const all = readdirSync(RESULTS).flatMap((file) => {
    const name = /^(.+)\.json$/.exec(file)?.[1];
    const results = name === undefined ? undefined : loadResults(RESULTS, name);
    return results?.rounds.length > 0 ? [results] : [];
  });
  /** @type {NodeResults[]} */
  const node = all.filter(({ format }) => format === 2).sort((a, b) => placeOf(a) - placeOf(b));
  /** @type {PythonResults[]} */
  const python = all.filter(({ format }) => format === 1);
  const growth = growthTables(node);
  const file = join(ROOT, README);
  let text = readFileSync(file, "utf8");
  text = between(text, "aims", node.length > 0 ? [aimsTable(node)] : []);
  text = between(text, "growth", growth);
  text = between(
    text,
    "series",
    node.map((results) => tableOf(results).split("\n")),
  );
  text = between(
    text,
    "python",
    python.map((results) => pythonTable(results).split("\n")),
  );
  const real = all.filter(({ format }) => format === 3);
  text = between(
    text,
    "validate",
    real.map((results) => validateTable(results).split("\n")),
  );
  writeFileSync(file, text);
  must(projectNode(), [binOf("@biomejs/biome", "biome"), "format", "--write", README, RESULTS]);
});

/** @param {NodeResults} results */
function placeOf({ name }) {
  const place = SERIES.indexOf(name);
  return place < 0 ? SERIES.length : place;
}

/**
 * @param {string} text
 * @param {string} name of the place
 * @param {readonly (readonly string[])[]} parts
 */
function between(text, name, parts) {
  const [begin, end] = [`<!-- ${name}: written by bench/figures.mjs -->`, `<!-- end of ${name} -->`];
  const [before = "", rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new ScriptError(`${README} has no place for ${name}`);
  const body = parts.length > 0 ? parts.map((lines) => lines.join("\n")).join("\n\n") : "Not measured yet.";
  return `${before}${begin}\n\n${body}\n\n${end}${after}`;
}
