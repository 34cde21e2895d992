import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { output, run } from "./processes.mjs";

const HELPERS = fileURLToPath(new URL(".", import.meta.url));

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {Map<string, string>} Outcomes outcome by id, relative to the project */
/** @typedef {{ exit: number, seconds: number, outcomes: Outcomes, miscounted: string[], texts: Map<string, string> }} HandTests */
/** @typedef {{ path: string, line: number, rule: string }} Place */

/**
 * What the repository's own ruff finds from its root.
 * @param {Checkout} checkout
 * @returns {Place[]}
 */
export function lintByHand({ root, bin, env }) {
  const args = ["check", "--output-format", "json", "--no-fix", "--no-cache"];
  /** @type {{ filename: string, location: { row: number }, code: string | null }[]} */
  const found = JSON.parse(output(join(bin, "ruff"), args, { cwd: root, env, codes: [0, 1] }));
  return found.map(({ filename, location, code }) => ({
    path: relative(root, filename).split(sep).join("/"),
    line: location.row,
    rule: code ?? "invalid-syntax",
  }));
}

/**
 * The files that the repository's own ruff would format.
 * @param {Checkout} checkout
 * @returns {string[]}
 */
export function formatByHand({ root, bin, env }) {
  const text = output(join(bin, "ruff"), ["format", "--check", "--no-cache"], { cwd: root, env, codes: [0, 1] });
  return text.split("\n").flatMap((line) => /^Would reformat: (.*)$/.exec(line)?.[1]?.replaceAll("\\", "/") ?? []);
}

/**
 * Runs a project's pytest as a person does, in its folder, and records what pytest reports. A recording of the same
 * commit that is there already is used again.
 * @param {Checkout} checkout
 * @param {string} project its folder, from the root
 * @param {string} folder for recordings
 * @returns {HandTests}
 */
export function testByHand(checkout, project, folder) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${project.replaceAll("/", "~")}.jsonl`);
  if (!existsSync(file)) record(checkout, project, file);
  return readRecording(readFileSync(file, "utf8"), join(checkout.root, project));
}

/**
 * @param {Checkout} checkout
 * @param {string} project
 * @param {string} file
 */
function record({ root, python, env }, project, file) {
  const temporary = mkdtempSync(join(tmpdir(), "by-hand-"));
  const record = join(temporary, "record.jsonl");
  writeFileSync(record, "");
  const own = {
    PYTHONPATH: [HELPERS, env.PYTHONPATH].filter(Boolean).join(process.platform === "win32" ? ";" : ":"),
    PYTHONDONTWRITEBYTECODE: "1",
    COVERAGE_FILE: join(temporary, ".coverage"),
    HAND_RECORD: record,
  };
  const args = ["-m", "pytest", "-p", "hand_recorder", "-o", `cache_dir=${join(temporary, "cache")}`, "--color=no"];
  const done = run(python, args, { cwd: join(root, project), env: { ...env, ...own } });
  const whole = { code: done.code, seconds: done.seconds, last: lastLine(done.stdout) };
  writeFileSync(file, `${readFileSync(record, "utf8")}${JSON.stringify(whole)}\n`);
  rmSync(temporary, { recursive: true, force: true });
}

/** @param {string} stdout */
function lastLine(stdout) {
  return stdout.trim().split("\n").at(-1) ?? "";
}

/**
 * @typedef {object} Line
 * @property {string} [id]
 * @property {string} [when]
 * @property {string} [outcome]
 * @property {boolean} [xfail]
 * @property {string} [text]
 * @property {string} [rootdir]
 * @property {number} [exit]
 * @property {number} [code]
 * @property {number} [seconds]
 * @property {string} [last]
 */

/**
 * @param {string} text
 * @param {string} folder the project's, absolute
 * @returns {HandTests}
 */
function readRecording(text, folder) {
  /** @type {Line[]} */
  const lines = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const rootdir = lines.find((line) => line.rootdir !== undefined)?.rootdir ?? folder;
  const end = lines.at(-1);
  /** @type {Map<string, string[]>} */
  const words = new Map();
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const line of lines) {
    const word = wordOf(line);
    if (line.id === undefined || word === undefined) continue;
    const id = idFrom(line.id, rootdir, folder);
    words.set(id, [...(words.get(id) ?? []), word]);
    if (word === "failed" || word === "error") texts.set(id, line.text ?? "");
  }
  const outcomes = new Map([...words].map(([id, all]) => [id, all.length === 1 ? String(all[0]) : worstOf(all)]));
  const isWhole = lines.some((line) => line.exit !== undefined) || end?.code === 4;
  const counted = miscountedIn(end?.last ?? "", [...words.values()].flat());
  const miscounted = isWhole ? counted : [`the recording is not whole: ${end?.last ?? ""}`, ...counted];
  return { exit: end?.code ?? -1, seconds: end?.seconds ?? 0, outcomes, miscounted, texts };
}

/**
 * The word under which pytest counts a report, by its own rules; nothing for what it does not count.
 * @param {Line} line
 */
function wordOf({ when, outcome, xfail }) {
  if (when === "collect") return outcome === "skipped" ? "skipped" : "error";
  if (xfail) return outcome === "skipped" ? "xfailed" : when === "call" ? "xpassed" : undefined;
  if (outcome === "skipped") return "skipped";
  if (outcome === "failed") return when === "call" ? "failed" : "error";
  return when === "call" ? "passed" : undefined;
}

/** @param {string[]} words */
function worstOf(words) {
  return ["failed", "error", "xpassed", "passed", "xfailed", "skipped"].find((word) => words.includes(word)) ?? "";
}

/**
 * @param {string} nodeId
 * @param {string} rootdir
 * @param {string} folder
 */
function idFrom(nodeId, rootdir, folder) {
  const [path = "", ...names] = nodeId.split("::");
  const own = relative(folder, resolve(rootdir, path)).split(sep).join("/");
  return [own || ".", ...names].join("::");
}

/**
 * Where pytest's last line has another number than the recording: then the recording is not to be trusted.
 * @param {string} last
 * @param {readonly string[]} words
 * @returns {string[]}
 */
function miscountedIn(last, words) {
  const counted = new Map([...last.matchAll(/(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)\b/g)].map(numberOf));
  if (counted.size === 0) return [];
  const all = ["passed", "failed", "error", "skipped", "xfailed", "xpassed"];
  return all.flatMap((word) => {
    const [own, said] = [words.filter((one) => one === word).length, counted.get(word) ?? 0];
    return own === said ? [] : [`pytest counts ${said} ${word}, the recording ${own}`];
  });
}

/**
 * @param {RegExpMatchArray} match
 * @returns {[string, number]}
 */
function numberOf([, count = "0", word = ""]) {
  return [word === "errors" ? "error" : word, Number(count)];
}
