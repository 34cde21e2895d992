// A real repository validated by the same tools in three ways: `node bench/validate.mjs <checkout> [--rounds 5]`. Adds each round to bench/results/validate.json.
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, delimiter, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { CACHE } from "../scripts/lib/paths.mjs";
import { findPython, makeVenv } from "../scripts/lib/python.mjs";
import { must, projectNode, script, ScriptError } from "../scripts/lib/run.mjs";
import { measuredEnvironment } from "./lib/environment.mjs";
import { measure } from "./lib/measure.mjs";
import { installSymbiotic, symbioticBin } from "./lib/packed.mjs";
import { RESULTS, WORK } from "./lib/places.mjs";
import { load, loadResults, machine, saveResults, today } from "./lib/results.mjs";

const FOLDER = join(WORK, "validate");
const TOOLS = join(CACHE, "validators");
const ATOMS = ["ruff", "ruff-format", "bandit", "gitleaks"];

/** The same commands for the script and for the hooks. */
const COMMANDS = {
  "ruff-check": "ruff check . --no-fix --quiet",
  "ruff-format": "ruff format --check . --quiet",
  // Into files: a report that goes to a device may be moved to its place, and root would lose the device.
  bandit: `bandit --recursive . --quiet --format json --output ${join(FOLDER, "bandit.json")}`,
  gitleaks: `gitleaks dir . --no-banner --log-level error --redact --report-path ${join(FOLDER, "gitleaks.json")}`,
};

/**
 * @typedef {object} Way one way to validate
 * @property {string} id
 * @property {(state: State) => readonly string[]} argv
 * @property {readonly string[]} caches what it and the tools keep, from the repository root
 */

/** @typedef {{ name: "cold" | "cached" | "changed", file: string }} State */

await script(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: "string", default: "5" } },
  });
  const [checkout] = positionals;
  if (checkout === undefined) throw new ScriptError("name a checkout");
  installSymbiotic();
  installPrek();
  const env = environment();
  const ways = [symbiotic(), byScript(), ...hooks(env)];
  const places = new Map(ways.map(({ id }) => [id, clone(resolve(checkout), id)]));
  const results = loadResults(RESULTS, "validate") ?? begin(resolve(checkout));
  for (let round = 0; round < Number(values.rounds); round += 1) {
    results.rounds.push(oneRound(rotated(ways, results.rounds.length), places, env));
    saveResults(RESULTS, results);
  }
  process.stdout.write(
    `${results.rounds.length} rounds in bench/results/validate.json; \`node bench/figures.mjs\` writes the table\n`,
  );
});

/** prek runs hooks as pre-commit does; the tests have no use for it. */
function installPrek() {
  const folder = join(WORK, "prek");
  if (existsSync(join(folder, "bin/prek"))) return;
  mkdirSync(folder, { recursive: true });
  const requirements = join(folder, "requirements.txt");
  writeFileSync(requirements, "prek==0.5.11\n");
  makeVenv(findPython(), folder, requirements);
}

/** @returns {Way} */
function symbiotic() {
  return {
    id: "symbiotic",
    argv: ({ name }) => [
      projectNode(),
      symbioticBin(),
      "run",
      ...ATOMS,
      "--continue",
      ...(name === "changed" ? ["--affected", "--base", "HEAD"] : []),
    ],
    caches: [".git/symbiotic", ".symbiotic"],
  };
}

/** @returns {Way} one tool after the other */
function byScript() {
  return { id: "script", argv: () => ["/bin/sh", "-c", Object.values(COMMANDS).join("; ")], caches: [] };
}

/**
 * pre-commit, and prek where it installs; both run the hooks over all files, or over the file that changed.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Way[]}
 */
function hooks(env) {
  return ["pre-commit", "prek"]
    .filter((program) => has(program, env))
    .map((program) => ({
      id: program,
      argv: ({ name, file }) => [program, "run", ...(name === "changed" ? ["--files", file] : ["--all-files"])],
      caches: [],
    }));
}

/**
 * @param {readonly Way[]} ways
 * @param {ReadonlyMap<string, string>} places
 * @param {NodeJS.ProcessEnv} env
 */
function oneRound(ways, places, env) {
  /** @type {Record<string, import("./lib/results.mjs").Figures>} */
  const samples = {};
  const busy = load();
  for (const { id, argv, caches } of ways) {
    const cwd = places.get(id) ?? "";
    const file = changedFile(cwd);
    for (const path of [...caches, ".ruff_cache"]) rmSync(join(cwd, path), { recursive: true, force: true });
    for (const name of /** @type {const} */ (["cold", "cached", "changed"])) {
      if (name === "changed") appendFileSync(join(cwd, file), `# ${Date.now()}\n`);
      const { exitCode, ...figures } = measure(pythonOf(), argv({ name, file }), {
        cwd,
        env,
        output: join(FOLDER, `${id}-${name}.txt`),
      });
      if (exitCode < 0 || exitCode > 1)
        throw new ScriptError(`${id} ended with ${exitCode}: see ${FOLDER}/${id}-${name}.txt`);
      samples[`${id} ${name}`] = figures;
      process.stdout.write(`${id} ${name} ${(figures.ms / 1000).toFixed(2)} s\n`);
    }
    execFileSync("git", ["checkout", "--quiet", "--", file], { cwd });
  }
  return { load: busy, samples };
}

/** @param {string} checkout */
function begin(checkout) {
  const git = (/** @type {string[]} */ ...args) =>
    execFileSync("git", args, { cwd: checkout, encoding: "utf8" }).trim();
  return {
    format: 3,
    name: "validate",
    date: today(),
    machine: machine(),
    repository: basename(checkout),
    commit: git("rev-parse", "--short=12", "HEAD"),
    files: git("ls-files").split("\n").length,
    rounds: [],
  };
}

/**
 * A copy of the checkout with hooks that run the same commands.
 * @param {string} checkout
 * @param {string} id
 */
function clone(checkout, id) {
  const folder = join(FOLDER, id);
  if (existsSync(folder)) return folder;
  mkdirSync(FOLDER, { recursive: true });
  must("git", ["clone", "--quiet", checkout, folder]);
  if (id === "symbiotic") return folder;
  const list = Object.entries(COMMANDS).map(
    ([name, entry]) =>
      `      - { id: ${name}, name: ${name}, entry: ${entry}, language: system, pass_filenames: false, require_serial: true }\n`,
  );
  writeFileSync(join(folder, ".pre-commit-config.yaml"), `repos:\n  - repo: local\n    hooks:\n${list.join("")}`);
  return folder;
}

/** @param {string} cwd */
function changedFile(cwd) {
  const files = execFileSync("git", ["ls-files", "*.py"], { cwd, encoding: "utf8" }).trim().split("\n");
  return files.find((file) => /\/src\/.*[a-z]\.py$/.test(file)) ?? files[0] ?? "";
}

/** @returns {NodeJS.ProcessEnv} */
function environment() {
  const own = measuredEnvironment();
  const folders = [join(TOOLS, "tools/bin"), join(CACHE, "python/bin"), join(TOOLS, "bin"), join(WORK, "prek/bin")];
  return { ...own, PATH: [...folders, own.PATH].join(delimiter) };
}

/**
 * @param {string} program
 * @param {NodeJS.ProcessEnv} env
 */
function has(program, env) {
  try {
    execFileSync(program, ["--version"], { env, stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function pythonOf() {
  return findPython().argv[0] ?? "python3";
}

/**
 * @template T
 * @param {readonly T[]} list
 * @param {number} by
 */
function rotated(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
