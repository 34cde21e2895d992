import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../lib/paths.mjs";

/** What is run: the command with its engine, the plugin, and the recorder that pytest loads. */
const RUN = ["packages/cli/dist", "packages/plugin-pytest/dist"];

/** @type {string | undefined} */
let known;

/** Names the build that is run, by its files: neither results nor stores of another one count. */
export function buildId() {
  known ??= digestOf(RUN.flatMap(filesIn));
  return known;
}

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** @param {readonly string[]} files */
function digestOf(files) {
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(`${file.slice(ROOT.length)}\0`)
      .update(readFileSync(file))
      .update("\0");
  return hash.digest("hex").slice(0, 16);
}
