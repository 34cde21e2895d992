import { ScriptError } from "../../../scripts/lib/run.mjs";
import { TOOLS } from "../tools/all.mjs";
import { floors } from "../tools/floors.mjs";
import { KINDS } from "./kinds.mjs";

/** @typedef {import("./kinds.mjs").Kind} Kind */

/**
 * @typedef {object} Series
 * @property {string} name `<kind>-<projects>` or `<kind>-<projects>x<files>`; the kind alone where the size does not matter
 * @property {string} kind
 * @property {import("./write-repository.mjs").Size} size
 * @property {readonly string[]} tools and floors, unless others are asked for
 * @property {number} rounds unless another number is asked for
 */

/** The series of the tables, as `all` runs them. */
export const SERIES = [
  "cached-10",
  "cached-100",
  "cached-300",
  "cached-1000",
  "cached-3000",
  "cached-5000",
  "cached-100x200",
  "changed-leaf-1000",
  "changed-root-100",
  "changed-root-1000",
  "changed-root-comment-1000",
  "affected-1000",
  "cold-10",
  "cold-100",
  "cold-1000",
  "version",
  "why-1000",
];

const FILES = 20;
/** The sizes at which everyone is measured; at others only those whose growth is looked at. */
const EVERYONE = [10, 100, 1000];
/**
 * Where it is not nine: what takes long must fit into the time allowed, what is short needs more.
 * @type {Readonly<Record<string, number>>}
 */
const ROUNDS = { cold: 7, "changed-root": 7, "changed-root-comment": 7, version: 21 };
const FLOORS = ["floor", "node"];
const FAST = ["symbiotic", "turbo", "turbo-native"];

/**
 * @param {string} name
 * @returns {Series}
 */
export function seriesNamed(name) {
  const found = /^([a-z-]*[a-z])(?:-(\d+)(?:x(\d+))?)?$/.exec(name);
  const kind = found?.[1] ?? "";
  if (!Object.hasOwn(KINDS, kind)) throw new ScriptError(`there is no series ${name}; there are ${SERIES.join(", ")}`);
  const size = { projects: Number(found?.[2] ?? 10), files: Number(found?.[3] ?? FILES) };
  if (size.projects < 2 || size.files < 2) throw new ScriptError(`${name} needs two projects of two files`);
  return { name, kind, size, tools: toolsOf(kind, size.projects), rounds: ROUNDS[kind] ?? 9 };
}

/**
 * @param {string} kind
 * @param {number} projects
 */
function toolsOf(kind, projects) {
  const everyone = EVERYONE.includes(projects) ? TOOLS.map(({ id }) => id) : FAST;
  switch (kind) {
    case "version":
      return [...TOOLS.filter(({ version, stop }) => version && !stop).map(({ id }) => id), "node"];
    case "why":
      return ["symbiotic", "node"];
    case "cold":
      return projects > 100 ? FAST : everyone.filter((id) => id !== "nx-daemon");
    case "affected":
    case "changed-leaf":
    case "changed-root":
    case "changed-root-comment":
      return projects > 100 ? FAST : everyone;
    default:
      return [...everyone, ...FLOORS];
  }
}

/**
 * The tools and floors of the given ids.
 * @param {readonly string[]} ids
 */
export function pick(ids) {
  const known = [...TOOLS, ...floors()];
  const unknown = ids.filter((id) => !known.some((one) => one.id === id));
  if (unknown.length > 0)
    throw new ScriptError(`there is no tool ${unknown.join(", ")}; there are ${known.map(({ id }) => id).join(", ")}`);
  return {
    tools: TOOLS.filter(({ id }) => ids.includes(id)),
    floors: floors().filter(({ id }) => ids.includes(id)),
  };
}
