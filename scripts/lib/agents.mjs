import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "./digest.mjs";
import { CACHE, ROOT } from "./paths.mjs";
import { npm, ScriptError } from "./run.mjs";

/** The workspace of the agents and of Graphite: what is installed is what its lockfile says. */
const WORKSPACE = "test/agents";
const FILES = ["package.json", "package-lock.json"];

/** Where the tests find them. */
const FOLDER = join(CACHE, "agents");

/** Its lockfile has the native program of this platform alone. */
const HAS_GRAPHITE = process.platform === "linux" && process.arch === "x64";

/** In the folder itself: it takes a gigabyte, and several clones may share it. */
const STAMP = join(FOLDER, "stamp");

/**
 * Installs the real command lines of the agents and of Graphite, unless these very releases are there. No script of theirs runs: their native
 * programs are started themselves. npm leaves out without a word what it cannot get for this machine, so each is tried.
 */
export function setUpAgents() {
  const wanted = digestOf(FILES.map((file) => `${WORKSPACE}/${file}`));
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return;
  rmSync(STAMP, { force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const file of FILES) copyFileSync(join(ROOT, WORKSPACE, file), join(FOLDER, file));
  npm(["ci", "--prefix", FOLDER, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  for (const name of ["claude", "codex", ...(HAS_GRAPHITE ? ["gt"] : [])]) tryAgent(name);
  writeFileSync(STAMP, wanted);
}

/** @param {string} name */
function tryAgent(name) {
  const program = programs().find((path) => new RegExp(`[/\\\\]${name}(\\.exe)?$`).test(path));
  if (program !== undefined && spawnSync(program, ["--version"], { timeout: 60_000 }).status === 0) return;
  throw new ScriptError(`${name} is not there for ${process.platform} ${process.arch}, or cannot be started`);
}

/** The native programs that were installed: those of this machine's platform, and no others. */
function programs() {
  const modules = join(FOLDER, "node_modules");
  const folders = readdirSync(modules).filter((scope) => scope.startsWith("@"));
  return folders
    .flatMap((scope) => readdirSync(join(modules, scope)).map((name) => join(modules, scope, name)))
    .filter((folder) => folder.includes(`-${process.platform}-${process.arch}`))
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => join(folder, String(file))));
}
