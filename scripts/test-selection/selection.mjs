import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileOf } from "./differences.mjs";

/** @typedef {{ served: string[], ran: string[], never: string[] }} Selection test files: told from a record, run, and run as no record of them is ever served */

/** What the task leaves about the choice. */
const LEFT = "selection.json";

/**
 * Which test files were served, by what the task left; without it all of a hit were, and else none.
 * @param {string} root
 * @param {ReadonlyMap<string, string>} outcomes
 * @param {boolean} isHit
 * @returns {Selection}
 */
export function selectionIn(root, outcomes, isHit) {
  const all = [...new Set([...outcomes.keys()].map(fileOf))].sort();
  if (isHit) return { served: all, ran: [], never: [] };
  const out = join(root, ".symbiotic/out");
  const folders = existsSync(out) ? readdirSync(out) : [];
  const file = folders.map((folder) => join(out, folder, LEFT)).find((path) => existsSync(path));
  if (file === undefined) return { served: [], ran: all, never: [] };
  return JSON.parse(readFileSync(file, "utf8"));
}
