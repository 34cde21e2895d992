// The main job on a real repository: `node scripts/try.mjs [example]`. Works on a copy in .try/, never on examples/.
import { appendFileSync, cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ROOT } from "./lib/paths.mjs";
import { findPython, makeVenv, venvBin } from "./lib/python.mjs";
import { must, projectNode, script, ScriptError, status } from "./lib/run.mjs";
import { repositoryFiles } from "./lib/tracked.mjs";
import { setUp } from "./setup.mjs";

const SYMBIOTIC = join(ROOT, "packages/cli/bin/symbiotic.js");

await script(() => {
  setUp();
  const name = chosen(process.argv[2]);
  const folder = join(ROOT, ".try", name);
  copyOf(name, folder);
  const changed = change(name, folder);
  say(`${changed} changed in .try/${name}; now: symbiotic run gates --affected`);
  const first = gates(folder);
  say("the same again: what did not change comes from the cache");
  return Math.max(first, gates(folder));
});

/**
 * @param {string | undefined} wanted
 * @returns {string}
 */
function chosen(wanted) {
  const folder = join(ROOT, "examples");
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const name = wanted ?? "python-monorepo";
  if (names.includes(name)) return name;
  throw new ScriptError(`no example ${wanted ?? ""}; there is: ${names.join(", ") || "none"}`);
}

/**
 * A git repository with one commit and the example's tools in .venv.
 * @param {string} name
 * @param {string} folder
 */
function copyOf(name, folder) {
  rmSync(folder, { recursive: true, force: true });
  for (const file of filesOf(name)) cpSync(join(ROOT, "examples", name, file), join(folder, file));
  const own = join(folder, "requirements-dev.txt");
  const requirements = existsSync(own) ? own : join(ROOT, "scripts/python-requirements.txt");
  makeVenv(findPython(), join(folder, ".venv"), requirements);
  const identity = ["-c", "user.name=try", "-c", "user.email=try@localhost", "-c", "commit.gpgsign=false"];
  must("git", ["init", "--quiet", "--initial-branch=main"], { cwd: folder });
  appendFileSync(join(folder, ".git/info/exclude"), ".venv/\n");
  must("git", ["add", "--all"], { cwd: folder });
  must("git", [...identity, "commit", "--quiet", "--no-verify", "--message", `The ${name} example`], { cwd: folder });
}

/**
 * Appends a function to the first module of the example.
 * @param {string} name
 * @param {string} folder
 */
function change(name, folder) {
  const module = filesOf(name).find((file) => /(^|\/)src\/.*\.py$/.test(file) && !/__\w+__\.py$/.test(file));
  if (module === undefined) throw new ScriptError(`examples/${name} has no module below a src folder to change`);
  appendFileSync(join(folder, module), '\n\ndef added_by_try() -> str:\n    return "a small change"\n');
  return module;
}

/** @param {string} name */
function filesOf(name) {
  const start = `examples/${name}/`;
  return repositoryFiles()
    .filter((file) => file.startsWith(start))
    .map((file) => file.slice(start.length));
}

/** @param {string} folder */
function gates(folder) {
  const PATH = [venvBin(join(folder, ".venv")), process.env.PATH].join(delimiter);
  const args = [SYMBIOTIC, "run", "gates", "--affected"];
  return status(projectNode(), args, { cwd: folder, env: { ...process.env, PATH } });
}

/** @param {string} text */
function say(text) {
  process.stdout.write(`\n${text}\n\n`);
}
