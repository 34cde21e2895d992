// Writes the repository of Python projects that is measured: `node bench/generate.mjs <folder> [count]`. The same count gives the same bytes.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { script, ScriptError } from "../scripts/lib/run.mjs";
import { planUnits } from "./lib/python/plan.mjs";
import { pythonFiles } from "./lib/python/python-files.mjs";
import { manifests, rootFiles, UNITS } from "./lib/python/repository-files.mjs";

/**
 * Writes `count` Python projects below `folder`, which is emptied first.
 * @param {string} folder
 * @param {number} count
 * @returns {{ files: number, bytes: number }} what was written
 */
export function generate(folder, count) {
  rmSync(folder, { recursive: true, force: true });
  const files = [
    ...rootFiles(),
    ...planUnits(count).flatMap((unit) =>
      [...manifests(unit), ...pythonFiles(unit)].map(
        ([path, text]) => /** @type {const} */ ([`${UNITS}/${unit.name}/${path}`, text]),
      ),
    ),
  ];
  for (const [path, text] of files) write(join(folder, path), text);
  return { files: files.length, bytes: files.reduce((sum, [, text]) => sum + text.length, 0) };
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await script(() => {
    const [folder, count = "500"] = process.argv.slice(2);
    if (folder === undefined || !/^[1-9]\d*$/.test(count))
      throw new ScriptError("usage: node bench/generate.mjs <folder> [count]");
    const { files, bytes } = generate(resolve(folder), Number(count));
    process.stdout.write(`${files} files, ${(bytes / 1e6).toFixed(1)} MB\n`);
  });
}
