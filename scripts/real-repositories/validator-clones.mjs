import { appendFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, delimiter, join, resolve } from "node:path";
import { readStamp } from "../lib/digest.mjs";
import { CACHE } from "../lib/paths.mjs";
import { venvBin } from "../lib/python.mjs";
import { ownEnvironment } from "./checkout.mjs";
import { output, run } from "./processes.mjs";

const TOOLS = join(CACHE, "validators");

/** The environment of a tool below `.cache/validators`, where it is not the one that most share. */
const ENVIRONMENTS = new Map([
  ["semgrep", "semgrep"],
  ["dbt", "dbt"],
  ["great-expectations", "great-expectations"],
]);

/** The tools that are looked for in `node_modules`. */
const NODE_TOOLS = ["eslint", "prettier"];

/**
 * @typedef {object} Source
 * @property {string} name
 * @property {string} root absolute
 * @property {string} commit
 */

/**
 * A checkout of the user's, in which nothing is changed.
 * @param {string} path
 * @returns {Source}
 */
export function openSource(path) {
  const root = resolve(path);
  const commit = output("git", ["rev-parse", "HEAD"], { cwd: root }).trim();
  return { name: basename(root), root, commit };
}

/**
 * A clone in which a validator's tool is found: the checkout's own `node_modules` or `.venv` where that has it, else what
 * the tests of this repository run. Git does not see these links. Of a sparse checkout the clone is sparse, too.
 * @param {Source} source
 * @param {string} validator
 * @param {{ folder: string, symbiotic: string, configuration?: unknown }} options
 * @returns {{ root: string, env: NodeJS.ProcessEnv }}
 */
export function cloneFor(source, validator, { folder, symbiotic, configuration }) {
  mkdirSync(folder, { recursive: true });
  const root = join(folder, source.name);
  output("git", ["clone", "--quiet", "--no-checkout", source.root, root], { cwd: folder });
  if (run("git", ["config", "core.sparseCheckout"], { cwd: source.root }).stdout.trim() === "true") {
    const patterns = output("git", ["sparse-checkout", "list"], { cwd: source.root }).split("\n").filter(Boolean);
    output("git", ["sparse-checkout", "set", "--no-cone", ...patterns], { cwd: root });
  }
  output("git", ["checkout", "--quiet", "--detach", source.commit], { cwd: root });
  appendFileSync(join(root, ".git/info/exclude"), "/node_modules\n/.venv\n/.symbiotic\n/symbiotic.config.json\n");
  if (configuration !== undefined) {
    writeFileSync(join(root, "symbiotic.config.json"), JSON.stringify(configuration));
    const scope = join(root, "node_modules/@symbiotic-build");
    mkdirSync(scope, { recursive: true });
    symlinkSync(resolve(symbiotic, `../../../plugin-${validator}`), join(scope, `plugin-${validator}`), "junction");
  }
  return { root, env: linked(source, validator, root) };
}

/**
 * @param {Source} source
 * @param {string} validator
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
function linked(source, validator, root) {
  const env = ownEnvironment();
  if (NODE_TOOLS.includes(validator)) {
    const own = join(source.root, "node_modules");
    const isOwn = existsSync(join(own, ".bin", validator));
    symlinkSync(isOwn ? own : join(TOOLS, "node/node_modules"), join(root, "node_modules"), "junction");
    return env;
  }
  const own = venvBin(join(source.root, ".venv"));
  const shared = venvBin(join(TOOLS, ENVIRONMENTS.get(validator) ?? "tools"));
  const isOwn = existsSync(join(own, programOf(validator)));
  if (isOwn) symlinkSync(join(source.root, ".venv"), join(root, ".venv"), "junction");
  const path = [isOwn ? own : shared, join(TOOLS, "bin"), env.PATH].filter(Boolean).join(delimiter);
  return { ...env, PATH: path, PYTHONDONTWRITEBYTECODE: "1" };
}

/**
 * The program of a validator's tool.
 * @param {string} validator
 */
function programOf(validator) {
  if (validator === "gitleaks-history") return "gitleaks";
  if (validator === "great-expectations") return "python";
  return validator;
}

/**
 * The release of the tool that a clone uses.
 * @param {string} validator
 * @param {{ root: string, env: NodeJS.ProcessEnv }} clone
 */
export function releaseOf(validator, { root, env }) {
  const program = programOf(validator);
  if (["hypothesis", "great-expectations"].includes(validator)) {
    const code = `import importlib.metadata; print(importlib.metadata.version("${validator}"))`;
    return output("python", ["-c", code], { cwd: root, env }).trim();
  }
  const file = NODE_TOOLS.includes(validator) ? join(root, "node_modules/.bin", program) : program;
  const text = output(file, [program === "gitleaks" ? "version" : "--version"], { cwd: root, env, codes: [0, 1] });
  return /\d+\.\d+[\w.]*/.exec(text)?.[0] ?? pinnedOf(program);
}

/**
 * A program that was built from source does not know its release: it is the one that was asked for.
 * @param {string} program
 */
function pinnedOf(program) {
  return readStamp(`validators-${program}`)?.split(" ").at(-1)?.replace(/^v/, "") || "?";
}

/**
 * Those of the files that git does not ignore.
 * @param {{ root: string }} clone
 * @returns {ReadonlySet<string>}
 */
export function visibleFiles({ root }) {
  const listed = output("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  return new Set(listed.split("\0").filter(Boolean));
}
