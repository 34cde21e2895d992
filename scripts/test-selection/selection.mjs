import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileOf } from "./differences.mjs";

/** @typedef {{ decision: "served" | "ran" | "never", reason: string, evidence: string[] }} Decision */
/** @typedef {{ served: string[], ran: string[], never: string[], why: Record<string, string>, whole: string | null }} Selection test files: told from a record, run, and run as no record of them is ever served; why not served; why nothing is */

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
  if (isHit) return { served: all, ran: [], never: [], why: {}, whole: null };
  const out = join(root, ".symbiotic/out");
  const folders = existsSync(out) ? readdirSync(out) : [];
  const file = folders.map((folder) => join(out, folder, LEFT)).find((path) => existsSync(path));
  if (file === undefined) return { served: [], ran: all, never: [], why: {}, whole: "no selection was left" };
  /** @type {{ whole: string | null, files: Record<string, Decision> }} */
  const { whole, files } = JSON.parse(readFileSync(file, "utf8"));
  const entries = Object.entries(files);
  const those = (/** @type {Decision["decision"]} */ wanted) =>
    entries.flatMap(([path, { decision }]) => (decision === wanted ? [path] : []));
  const why = Object.fromEntries(entries.map(([path, { reason, evidence }]) => [path, evidence.join("; ") || reason]));
  // Where nothing can be chosen all files ran, and none is listed.
  const ran = entries.length === 0 ? all : those("ran");
  return { served: those("served"), ran, never: those("never"), why, whole };
}
