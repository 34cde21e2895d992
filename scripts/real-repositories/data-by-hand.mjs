import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { at, refused, tuple } from "./place.mjs";
import { output, run } from "./processes.mjs";

/** @typedef {import("./place.mjs").ByHand} ByHand */
/** @typedef {import("./place.mjs").Place} Place */

/**
 * Models and tests that failed or warned: the file that defines each, and its name.
 * @param {Place} place
 * @returns {ByHand}
 */
export function dbt(place) {
  const folder = dirname(leastDeep(place, "dbt_project.yml"));
  const done = run("dbt", ["--no-use-colors", "build"], { ...at(place), cwd: join(place.root, folder) });
  const target = join(place.root, folder, "target");
  if (done.code > 1 || !existsSync(join(target, "run_results.json"))) return refused(done);
  /** @type {{ results: { unique_id: string, status: string }[] }} */
  const { results } = JSON.parse(readFileSync(join(target, "run_results.json"), "utf8"));
  /** @type {{ nodes: Record<string, { name: string, original_file_path: string }> }} */
  const { nodes } = JSON.parse(readFileSync(join(target, "manifest.json"), "utf8"));
  const wrong = results.filter(({ status }) => ["fail", "error", "runtime error", "warn"].includes(status));
  return {
    found: wrong.map(({ unique_id }) => {
      const node = nodes[unique_id];
      return tuple(place, join(folder, node?.original_file_path ?? ""), 0, node?.name ?? unique_id);
    }),
  };
}

/** As the documentation says that a checkpoint is run, with its actions. */
const RUN_CHECKPOINTS = [
  "import sys, great_expectations as gx",
  "context = gx.get_context(mode='file', project_root_dir='.')",
  "results = [checkpoint.run() for checkpoint in context.checkpoints.all()]",
  "sys.exit(0 if all(result.success for result in results) else 1)",
].join("\n");

/**
 * @typedef {object} Validation what Great Expectations keeps of a validation
 * @property {string} suite_name
 * @property {{ success: boolean, expectation_config: { id?: string, type: string } }[]} results
 */

/**
 * Expectations that do not hold, as Great Expectations keeps them in its store: the suite's file, the line of the
 * expectation's id there, and its type.
 * @param {Place} place
 * @returns {ByHand}
 */
export function greatExpectations(place) {
  const folder = dirname(leastDeep(place, "great_expectations.yml"));
  const cwd = join(place.root, dirname(folder));
  const env = { ...place.env, GX_ANALYTICS_ENABLED: "false" };
  const done = run("python", ["-c", RUN_CHECKPOINTS], { cwd, env });
  const store = join(place.root, folder, "uncommitted/validations");
  if (done.code > 1 || !existsSync(store)) return refused(done);
  const kept = readdirSync(store, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));
  /** @type {Validation[]} */
  const validations = kept.map((path) => JSON.parse(readFileSync(join(store, path), "utf8")));
  return {
    found: validations.flatMap(({ suite_name, results }) => {
      const suite = join(folder, "expectations", `${suite_name}.json`);
      const lines = readFileSync(join(place.root, suite), "utf8").split("\n");
      const lineOf = (/** @type {string | undefined} */ id) => lines.findIndex((line) => line.includes(`"${id}"`)) + 1;
      const wrong = results.filter(({ success }) => !success);
      return wrong.map(({ expectation_config: { id, type } }) => tuple(place, suite, lineOf(id), type));
    }),
  };
}

/**
 * The file of that name that lies least deep.
 * @param {Place} place
 * @param {string} name
 */
function leastDeep({ root }, name) {
  const files = output("git", ["ls-files", name, `**/${name}`], { cwd: root })
    .split("\n")
    .filter(Boolean);
  return files.toSorted((a, b) => a.split("/").length - b.split("/").length)[0] ?? name;
}
