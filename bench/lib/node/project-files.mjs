import { sourceFiles, VERSION_FILE } from "./source-files.mjs";

/** @typedef {import("./plan.mjs").Project} Project */

/**
 * The files of a project, by their path inside of it.
 * @param {Project} project
 * @param {{ files: number, moon: boolean }} wanted how many source files, and whether what only moon reads
 * @returns {[path: string, text: string][]}
 */
export function projectFiles(project, { files, moon }) {
  const manifest = packageJson(project);
  return [["package.json", manifest], ...(moon ? [moonYml(project)] : []), ...sourceFiles(project, files)];
}

/**
 * The scripts, the same for every tool and as cheap as a shell can be: built-in commands only, but for one `mkdir`.
 * A build adds the number in its own sources to what the builds below it have made, so its result changes with theirs.
 * @param {Project} project
 */
function scriptsOf({ dependsOn }) {
  const reads = dependsOn.map(({ name }, index) => `read d${index} < ../${name}/dist/out.txt && `).join("");
  const sum = ["v", ...dependsOn.map((_, index) => `d${index}`)].join(" + ");
  const own = `read _ v < ${VERSION_FILE}`;
  return {
    build: `${own} && ${reads}{ [ -d dist ] || mkdir dist; } && echo $((${sum})) > dist/out.txt`,
    lint: `${own} && [ "$v" -gt 0 ]`,
    test: `read v < dist/out.txt && [ "$v" -gt 0 ]`,
  };
}

/** @param {Project} project */
function packageJson(project) {
  const dependencies = Object.fromEntries(project.dependsOn.map(({ name }) => [name, "workspace:*"]));
  const manifest = { name: project.name, version: "0.1.0", private: true, scripts: scriptsOf(project), dependencies };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/**
 * What moon would read from package.json by a plugin that it downloads first.
 * @param {Project} project
 * @returns {[path: string, text: string]}
 */
function moonYml(project) {
  const { build, lint, test } = scriptsOf(project);
  const inputs = ["src/**/*", "package.json"];
  const tasks = {
    build: { script: build, inputs, outputs: ["dist"], deps: ["^:build"] },
    lint: { script: lint, inputs },
    test: { script: test, inputs, deps: ["~:build"] },
  };
  // YAML is a superset of JSON.
  const text = JSON.stringify({ dependsOn: project.dependsOn.map(({ name }) => name), tasks }, null, 2);
  return ["moon.yml", `${text}\n`];
}
