import { readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { readStamp, writeStamp } from "./digest.mjs";
import { setUpNativeTools } from "./native-tools.mjs";
import { setUpNodeTools } from "./node-tools.mjs";
import { CACHE, ROOT } from "./paths.mjs";
import { findPython, makeVenv } from "./python.mjs";

const REQUIREMENTS = "scripts/validator-requirements.txt";

/** Where the tests find the tools. */
const FOLDER = join(CACHE, "validators");

/** Makes everything that the tests run as validators, unless it is already the right one. */
export function setUpValidators() {
  setUpEnvironments();
  setUpNativeTools();
  setUpNodeTools();
}

/** An environment for each group of Python tools: groups do not fit together. */
function setUpEnvironments() {
  const python = findPython();
  for (const [name, lines] of groups()) {
    const wanted = `${python.version}\n${lines.join("\n")}`;
    const stamp = `validators-${name}`;
    if (readStamp(stamp) === wanted) continue;
    const folder = join(FOLDER, name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    const file = join(FOLDER, `${name}.txt`);
    writeFileSync(file, `${lines.join("\n")}\n`);
    makeVenv(python, folder, file);
    writeStamp(stamp, wanted);
  }
}

/** @returns {Map<string, string[]>} the requirements of each environment, by its name */
function groups() {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  let name = "";
  for (const line of readFileSync(join(ROOT, REQUIREMENTS), "utf8").split(/\r?\n/)) {
    const group = /^# \[(.+)\]$/.exec(line)?.[1];
    if (group !== undefined) found.set((name = group), []);
    else if (line !== "" && !line.startsWith("#")) found.get(name)?.push(line);
  }
  return found;
}
