import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of this repository. */
export const ROOT = resolve(fileURLToPath(import.meta.url), "../../..");

/** Everything that the scripts remember between two runs lies here; it is ignored by git. */
export const CACHE = join(ROOT, ".cache");

/** The packages in the order in which they are built: each needs only those before it. */
export const PACKAGES = packages();

/** @returns {string[]} */
function packages() {
  const all = readdirSync(join(ROOT, "packages"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const placed = ["engine", "validator", "cli"];
  const others = all.filter((name) => !placed.includes(name));
  return ["engine", "validator", ...others, "cli"];
}
