import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { digestOf, readStamp, writeStamp } from "./digest.mjs";
import { CACHE, ROOT } from "./paths.mjs";
import { must, ScriptError } from "./run.mjs";

const WINDOWS = process.platform === "win32";
const REQUIREMENTS = "scripts/python-requirements.txt";
const VENV = join(CACHE, "python");

/** The folder with ruff and pytest that the tests put first in PATH. */
export const PYTHON_BIN = venvBin(VENV);

/** Makes the tests' virtual environment, unless it is already the right one. */
export function setUpPython() {
  const python = findPython();
  const wanted = `${python.version}\n${digestOf([REQUIREMENTS])}`;
  if (existsSync(PYTHON_BIN) && readStamp("python") === wanted) return;
  rmSync(VENV, { recursive: true, force: true });
  makeVenv(python, VENV, join(ROOT, REQUIREMENTS));
  writeStamp("python", wanted);
}

/**
 * @param {{ argv: string[] }} python
 * @param {string} folder
 * @param {string} requirements
 */
export function makeVenv(python, folder, requirements) {
  const [file = "", ...args] = python.argv;
  must(file, [...args, "-m", "venv", folder]);
  const own = join(venvBin(folder), WINDOWS ? "python.exe" : "python");
  must(own, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
}

/**
 * The first Python >= 3.11 of the machine.
 * @returns {{ argv: string[], version: string }}
 */
export function findPython() {
  const candidates = [
    ["python3"],
    ["python"],
    ...(WINDOWS ? [["py", "-3"]] : ["3.14", "3.13", "3.12", "3.11"].map(named)),
  ];
  const seen = [];
  for (const argv of candidates) {
    const version = versionOf(argv);
    if (version === undefined) continue;
    if (isNewEnough(version)) return { argv, version };
    seen.push(`${argv.join(" ")} is ${version}`);
  }
  throw new ScriptError(
    `Python >= 3.11 with venv is needed and was not found (${seen.join(", ") || "no Python in PATH"})`,
  );
}

/** @param {string} version */
function named(version) {
  return [`python${version}`];
}

/** @param {string[]} argv */
function versionOf(argv) {
  const [file = "", ...args] = argv;
  const probe = "import sys, venv, ensurepip; print('%d.%d.%d' % sys.version_info[:3])";
  const done = spawnSync(file, [...args, "-c", probe], { encoding: "utf8" });
  return done.status === 0 ? done.stdout.trim() : undefined;
}

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 3 || (major === 3 && minor >= 11);
}

/**
 * Where a virtual environment has its programs.
 * @param {string} venv
 */
export function venvBin(venv) {
  return join(venv, WINDOWS ? "Scripts" : "bin");
}
