import { spawn } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { linesIn } from "../../test/binary/correctness/support/commands.ts";
import { BINARY, ROOT } from "../../test/support/places.ts";

/** No run of a stress takes so long, however much else the machine does: it hangs. */
const HANGS_MS = 120_000;
const HOUR_MS = 3_600_000;

/**
 * @typedef {object} Place
 * @property {string} root
 * @property {Readonly<Record<string, string>>} env
 *
 * @typedef {object} Ended
 * @property {number | null} exitCode
 * @property {string} all what it printed, on both streams
 *
 * @typedef {object} Options
 * @property {boolean} [isLater] it believes that an hour has passed: what was written before is then old to it
 * @property {Readonly<Record<string, string>>} [env]
 */

/**
 * Starts the built binary.
 * @param {Place} place
 * @param {readonly string[]} args
 * @param {Options} [options]
 * @returns {{ readonly pid: number, readonly kill: (signal: NodeJS.Signals) => void, readonly ended: Promise<Ended> }}
 */
export function start({ root, env }, args, { isLater = false, env: more = {} } = {}) {
  const later = ["--import", pathToFileURL(join(ROOT, "test/support/later.mjs")).href];
  const child = spawn(process.execPath, [...(isLater ? later : []), BINARY, ...args], {
    cwd: root,
    env: { ...env, ...more, SYMBIOTIC_TEST_LATER_MS: String(HOUR_MS) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let all = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (/** @type {string} */ text) => (all += text));
  /** @type {Promise<Ended>} */
  const ended = new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`symbiotic ${args.join(" ")} hangs: ${all}`));
    }, HANGS_MS);
    child.on("error", reject);
    child.on("close", (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, all });
    });
  });
  return { pid: child.pid ?? 0, kill: (signal) => void child.kill(signal), ended };
}

/**
 * Runs the built binary to its end, which must be a clear one.
 * @param {Place} place
 * @param {readonly string[]} args
 * @param {Options} [options]
 */
export async function runs(place, args, options) {
  const ended = await start(place, args, options).ended;
  if (/SYM0002|\n {4}at /.test(ended.all)) throw new Error(`an error of the engine itself: ${ended.all}`);
  return ended;
}

/** Fails with what is wrong.
 * @param {string} what
 * @param {unknown} is
 * @param {unknown} wanted
 */
export function same(what, is, wanted) {
  const [has, should] = [JSON.stringify(is), JSON.stringify(wanted)];
  if (has !== should) throw new Error(`${what}: is ${has}, should be ${should}`);
}

/** The folder of a repository's cache.
 * @param {string} root
 */
export function cacheOf(root) {
  const cache = join(root, ".git/symbiotic");
  return existsSync(cache) ? cache : join(root, ".symbiotic");
}

/**
 * Settles when a task has begun, or the run has ended without it.
 * @param {import("../../test/support/repository.ts").TestRepository} repository
 * @param {string} name
 * @param {Promise<unknown>} ended
 */
export async function begun(repository, name, ended) {
  let isOver = false;
  void ended.finally(() => (isOver = true)).catch(() => undefined);
  const before = linesIn(repository, "ran").length;
  const isThere = () =>
    linesIn(repository, "ran")
      .slice(before)
      .some((line) => line.startsWith(name));
  while (!isOver && !isThere()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/**
 * Copies a repository to a folder beside it, without what runs have left: its path. One that is there goes.
 * @param {import("../../test/support/repository.ts").TestRepository} repository
 */
export function copyAside({ root, home }) {
  const aside = join(home, "aside");
  rmSync(aside, { recursive: true, force: true });
  cpSync(root, aside, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/[\\/](?:\.git[\\/]symbiotic|\.symbiotic|dist)$/.test(path),
  });
  return aside;
}
