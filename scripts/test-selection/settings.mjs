import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CACHE, ROOT } from "../lib/paths.mjs";
import { ScriptError } from "../lib/run.mjs";

/** Where these scripts lie, the Python ones too. */
export const HERE = join(ROOT, "scripts/test-selection");

/** Where recorded truth and results are kept. */
export const PROOFS = join(ROOT, "docs/proofs/test-selection");

/** Where checkouts and stores are made, unless another folder is named. */
export const PLACE = join(CACHE, "test-selection");

/**
 * @typedef {object} Repository
 * @property {string} name
 * @property {string} kind
 * @property {string} source owner and name
 * @property {string} base the commit before the range
 * @property {string} head its last commit; mutations are of this one
 * @property {string} package the folder of the package
 * @property {string} tests the folder of the tests
 * @property {string[]} [args] further arguments of pytest, on both sides
 * @property {string[]} [testPaths]
 * @property {string[]} [coverage] what the plain run measures, where the repository's settings do not say
 * @property {string[]} install what is installed beside the tools
 *
 * @typedef {{ name: string, tree: "real" | "probes", count: number }} Operator
 */

/** @type {{ seed: number, python: string, install: string[], testmon: string, repositories: Repository[] }} */
export const SETTINGS = read("repositories.json");

/** @type {Operator[]} */
export const OPERATORS = read("operators.json").operators;

/** @param {string} name */
function read(name) {
  return JSON.parse(readFileSync(join(HERE, name), "utf8"));
}

/**
 * @param {readonly string[]} names none: all
 * @returns {Repository[]}
 */
export function repositoriesOf(names) {
  const all = SETTINGS.repositories;
  const unknown = names.filter((name) => !all.some((one) => one.name === name));
  if (unknown.length > 0)
    throw new ScriptError(
      `no such repository: ${unknown.join(", ")}; there are ${all.map((one) => one.name).join(", ")}`,
    );
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}
