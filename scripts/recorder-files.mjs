// Writes packages/plugin-pytest/src/recorder/files.json from the Python beside it; with --check it fails where that is out of date.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./lib/paths.mjs";
import { script, ScriptError } from "./lib/run.mjs";

const PACKAGE = "packages/plugin-pytest";
const FOLDER = "symbiotic_recorder";

await script(() => {
  const text = `${JSON.stringify(files(), undefined, 2)}\n`;
  const file = join(ROOT, PACKAGE, "src/recorder/files.json");
  if (!process.argv.includes("--check")) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, "utf8").replaceAll("\r\n", "\n") !== text) {
    throw new ScriptError(
      `${PACKAGE}/src/recorder/files.json is not what ${PACKAGE}/python holds; run \`node scripts/recorder-files.mjs\``,
    );
  }
});

/** By the path in the task's folder: the text. */
function files() {
  const folder = join(ROOT, PACKAGE, "python", FOLDER);
  const names = readdirSync(folder).filter((name) => name.endsWith(".py"));
  return Object.fromEntries(
    names
      .sort()
      .map((name) => [`${FOLDER}/${name}`, readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n")]),
  );
}
