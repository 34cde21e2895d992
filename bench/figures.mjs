// Writes the figures of bench/results/ into bench/README.md: `node bench/figures.mjs`.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../scripts/lib/paths.mjs";
import { binOf, must, projectNode, script, ScriptError } from "../scripts/lib/run.mjs";
import { RESULTS } from "./lib/places.mjs";
import { loadResults } from "./lib/results.mjs";
import { table } from "./lib/table.mjs";

const BEGIN = "<!-- figures: written by bench/figures.mjs -->";
const END = "<!-- end of figures -->";

await script(() => {
  const readme = join(ROOT, "bench/README.md");
  const [before, rest = ""] = readFileSync(readme, "utf8").split(BEGIN);
  const [, after] = rest.split(END);
  if (after === undefined) throw new ScriptError("bench/README.md has no place for figures");
  writeFileSync(readme, `${before}${BEGIN}\n\n${tables().join("\n\n")}\n\n${END}${after}`);
  must(projectNode(), [binOf("@biomejs/biome", "biome"), "format", "--write", "bench/README.md", "bench/results"]);
});

/** The largest repository first. */
function tables() {
  const names = readdirSync(RESULTS).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);
  const series = names.flatMap((name) => loadResults(name) ?? []).filter(({ rounds }) => rounds.length > 0);
  return series.sort((a, b) => (b.repository["projects"] ?? 0) - (a.repository["projects"] ?? 0)).map(table);
}
