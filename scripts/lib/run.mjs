import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./paths.mjs";

const WINDOWS = process.platform === "win32";

/** The pnpm that this repository is built with; it needs nothing but npm. */
const PNPM = "pnpm@12.21.0";

/** A message for the person at the terminal; scripts end with it, without a stack. */
export class ScriptError extends Error {}

/**
 * Runs a program to its end, its output passed through.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {number} the exit code
 */
export function status(file, args, options = {}) {
  const { cwd = ROOT, env = process.env } = options;
  const done = spawnSync(file, args, { cwd, env, stdio: "inherit" });
  if (done.error) throw new ScriptError(`cannot run ${file}: ${done.error.message}`);
  return done.status ?? 1;
}

/**
 * As `status`, but a failure ends the script.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export function must(file, args, options) {
  const code = status(file, args, options);
  if (code !== 0) throw new ScriptError(`${[file, ...args].join(" ")} ended with exit code ${code}`);
}

/** The Node that the project brings; the one that runs us, while nothing is installed or where that is asked for. */
export function projectNode() {
  if (process.env.SYMBIOTIC_CI_NODE === "system") return process.execPath;
  const own = join(ROOT, "node_modules/node/bin", WINDOWS ? "node.exe" : "node");
  return existsSync(own) ? own : process.execPath;
}

/**
 * A command line of one of our devDependencies, without a shell or a shim.
 * @param {string} name of the package as package.json has it
 * @param {string} [bin]
 * @returns {string}
 */
export function binOf(name, bin = name) {
  const folder = join(ROOT, "node_modules", name);
  if (!existsSync(folder)) throw new ScriptError(`${name} is not installed; run \`node scripts/setup.mjs\` first`);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof manifest.bin === "string" ? manifest.bin : manifest.bin[bin]);
}

/**
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 */
export function pnpm(args, options) {
  npmProgram("npx", ["--yes", PNPM, ...args], options);
}

/** @param {readonly string[]} args */
export function npm(args) {
  npmProgram("npm", args);
}

/**
 * @param {"npm" | "npx"} name
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 */
function npmProgram(name, args, options) {
  if (!WINDOWS) return must(name, args, options);
  const cli = join(dirname(process.execPath), `node_modules/npm/bin/${name}-cli.js`);
  if (existsSync(cli)) return must(process.execPath, [cli, ...args], options);
  return must("cmd.exe", ["/d", "/s", "/c", `${name}.cmd`, ...args], options);
}

/**
 * Runs the script's main function; what is expected to go wrong is one line.
 * @param {() => void | number | Promise<void | number>} main
 */
export async function script(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    process.stderr.write(`error  ${error.message}\n`);
    process.exitCode = 1;
  }
}
