import { existsSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { venvBin } from "../lib/python.mjs";
import { projectNode, ScriptError } from "../lib/run.mjs";
import { output } from "./processes.mjs";

/** Folders that the tools keep for themselves; where a run made one it is removed again. */
const CACHES = [".ruff_cache", ".pytest_cache", ".mypy_cache"];

/**
 * @typedef {object} Checkout
 * @property {string} name
 * @property {string} root absolute
 * @property {string} commit
 * @property {string} bin the folder with the programs of its environment
 * @property {string} python
 * @property {string} symbiotic the command line that is tried
 * @property {NodeJS.ProcessEnv} env what both sides are given
 */

/**
 * @param {string} path
 * @param {string} symbiotic
 * @returns {Checkout}
 */
export function openCheckout(path, symbiotic) {
  const root = resolve(path);
  const bin = venvBin(join(root, ".venv"));
  if (!existsSync(bin))
    throw new ScriptError(`${path} has no .venv with its tools; docs/real-repositories.md has how to make it`);
  const env = ownEnvironment();
  const commit = output("git", ["rev-parse", "HEAD"], { cwd: root }).trim();
  return { name: basename(root), root, commit, bin, python: join(bin, "python"), symbiotic, env };
}

/**
 * What this process was given, without what belongs to another environment.
 * @returns {NodeJS.ProcessEnv}
 */
export function ownEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOfAnotherEnvironment(name)));
}

/** @param {string} name */
function isOfAnotherEnvironment(name) {
  return name.startsWith("SYMBIOTIC_") || name === "VIRTUAL_ENV" || name === "CONDA_PREFIX";
}

/**
 * The program to start for `symbiotic`, before its arguments.
 * @param {Pick<Checkout, "symbiotic">} checkout
 * @returns {{ file: string, first: string[] }}
 */
export function symbioticOf({ symbiotic }) {
  return { file: projectNode(), first: [symbiotic] };
}

/**
 * Versions of what both sides run.
 * @param {Checkout} checkout
 * @returns {Record<string, string>}
 */
export function versionsOf({ python, root }) {
  const code =
    "import importlib.metadata as m, json, platform, sys\n" +
    "names = {d.metadata['Name'].lower(): d.version for d in m.distributions() if d.metadata['Name']}\n" +
    "print(json.dumps({'python': platform.python_version(), **{n: names[n] for n in sys.argv[1:] if n in names}}))";
  return JSON.parse(output(python, ["-c", code, "ruff", "mypy", "pytest", "pytest-cov"], { cwd: root }));
}

/**
 * What git sees of the work tree: changes of tracked files, and every other file outside of what is left on purpose.
 * @param {Checkout} checkout
 * @returns {ReadonlySet<string>}
 */
export function treeOf({ root }) {
  const changes = output("git", ["diff", "--name-status", "HEAD"], { cwd: root }).split("\n");
  const excludes = [".venv", ".symbiotic"].map((name) => `--exclude=/${name}`);
  const others = output("git", ["ls-files", "--others", "-z", ...excludes], { cwd: root }).split("\0");
  return new Set([...changes, ...others].filter((line) => line !== "" && !/^\.(venv|symbiotic)\//.test(line)));
}

/**
 * Removes the caches that were not there before; gives what else is new.
 * @param {Checkout} checkout
 * @param {ReadonlySet<string>} before
 * @returns {string[]}
 */
export function restore(checkout, before) {
  const left = [...treeOf(checkout)].filter((line) => !before.has(line));
  /** @type {string[]} */
  const strange = [];
  for (const file of left) {
    const parts = file.split("/");
    const at = parts.findIndex((part) => CACHES.includes(part));
    const folder = `${parts.slice(0, at + 1).join("/")}/`;
    if (at < 0) strange.push(file);
    else if (![...before].some((line) => line.startsWith(folder)))
      rmSync(join(checkout.root, folder), { recursive: true, force: true });
  }
  return strange;
}
