import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../lib/paths.mjs";
import { median, percent } from "./numbers.mjs";
import { repositoriesOf } from "./settings.mjs";
import { readTruth } from "./truth.mjs";

/** @typedef {import("./equal.mjs").Step} Step */
/** @typedef {import("./sound.mjs").Sounded} Sounded */
/** @typedef {import("./worth.mjs").Worth} Worth */

const FILE = join(ROOT, "docs/proofs/test-selection.md");

/**
 * Writes what has been found so far as one page.
 * @param {string} place
 */
export function report(place) {
  const text = [
    "# Proof: only the tests that a change can reach",
    "What was found, as the scripts left it: `node scripts/test-selection.mjs <part>`. What is not in a table was not run.",
    "## Equal: as one plain run of pytest with coverage, after each commit in order",
    table(
      ["repository", "steps", "other than plain", "files served", "test seconds run again (median of commits)"],
      equalRows(place),
    ),
    "## Sound: mutations, against the recorded truth",
    table(
      ["repository", "mutations", "change an outcome", "served stale", "other differences", "files served"],
      soundRows(place),
    ),
    "## Worth: one function changed, 20 functions each; the median share of test seconds that run again",
    table(
      ["repository", "recorded", "imports", "pytest-testmon", "files never left out", "recording costs"],
      worthRows(place),
    ),
    "## Bookkeeping: 5,000 generated test files, the whole command in seconds",
    table(
      ["plain pytest", "first run, with records", "a comment changed", "one function changed", "files that ran then"],
      manyRows(place),
    ),
    "## The recorded truth",
    table(["repository", "commit", "tests", "mutations", "change an outcome", "run twice", "unsteady"], truthRows()),
  ];
  writeFileSync(FILE, `${text.join("\n\n")}\n`);
}

/** @param {string} place @returns {string[][]} */
function equalRows(place) {
  return rowsOf(place, "equal", (name, results) => {
    /** @type {[string, Step][]} */
    const steps = Object.entries(results);
    const all = steps.map(([, step]) => step);
    const commits = steps.filter(([key]) => !["cold", "again", "comment"].includes(key)).map(([, step]) => step);
    const shares = commits.map((step) =>
      step.isHit || step.testSeconds === 0 ? 0 : step.rerunSeconds / step.testSeconds,
    );
    const other = all.filter(({ differences }) => differences.length > 0).length;
    const again = commits.length === 0 ? "" : percent(median(shares));
    return [name, String(all.length), String(other), shareServed(commits), again];
  });
}

/** @param {string} place @returns {string[][]} */
function soundRows(place) {
  return rowsOf(place, "sound", (name, results) => {
    /** @type {Sounded[]} */
    const all = Object.values(results);
    const count = (/** @type {(one: Sounded) => boolean} */ holds) => String(all.filter(holds).length);
    return [
      ...[name, String(all.length), count(({ changes }) => changes), count(({ stale }) => stale.length > 0)],
      ...[count(({ other }) => other.length > 0), shareServed(all)],
    ];
  });
}

/** @param {string} place @returns {string[][]} */
function worthRows(place) {
  return rowsOf(place, "worth", (name, results) => {
    /** @type {(kind: string) => Worth[]} */
    const of = (kind) =>
      Object.entries(results).flatMap(([key, one]) =>
        key.startsWith(`${kind} `) && key !== `${kind} cold` ? [one] : [],
      );
    const shares = ["recorded", "imports", "testmon"].map((kind) => of(kind).map(({ share }) => share));
    const never = of("recorded").map((one) => one.never / Math.max(one.files, 1));
    const [without = [], recorded = []] = ["project", "recorded"].map((side) =>
      Object.entries(results).flatMap(([key, seconds]) => (key.startsWith(`cost ${side} `) ? [seconds] : [])),
    );
    const cost = recorded.length === 0 ? "" : percent(median(recorded) / median(without) - 1);
    const told = (/** @type {number[]} */ all) => (all.length === 0 ? "" : percent(median(all)));
    return [name, ...shares.map(told), told(never), cost];
  });
}

/** @param {string} place @returns {string[][]} */
function manyRows(place) {
  const file = join(place, "results/many.many.json");
  if (!existsSync(file)) return [];
  /** @type {{ results: Record<string, import("./many.mjs").Step> }} */
  const { results } = JSON.parse(readFileSync(file, "utf8"));
  const of = (/** @type {string} */ kind) =>
    Object.entries(results).flatMap(([key, step]) => (key.startsWith(kind) ? [step] : []));
  const seconds = (/** @type {string} */ kind) => median(of(kind).map((step) => step.seconds)).toFixed(1);
  const ran = median(of("function").map((step) => step.ran));
  return [[...["plain", "cold", "comment", "function"].map(seconds), String(ran)]];
}

/** @returns {string[][]} */
function truthRows() {
  return repositoriesOf([]).flatMap(({ name }) => {
    const truth = readTruth(name);
    if (truth === undefined) return [];
    const all = Object.values(truth.mutations);
    const count = (/** @type {(one: (typeof all)[number]) => boolean} */ holds) => String(all.filter(holds).length);
    const changes = count(({ changed, exit }) => exit !== 0 || Object.keys(changed).length > 0);
    const twice = [
      count(({ flaky }) => flaky !== undefined),
      count(({ flaky }) => Object.keys(flaky ?? {}).length > 0),
    ];
    const tests = String(truth.base["real"]?.tests ?? "");
    return [[name, `\`${truth.commit.slice(0, 12)}\``, tests, String(all.length), changes, ...twice]];
  });
}

/** @param {readonly { served: number, ran: number, never: number }[]} all */
function shareServed(all) {
  const served = all.reduce((sum, one) => sum + one.served, 0);
  const files = all.reduce((sum, one) => sum + one.served + one.ran + one.never, 0);
  return files === 0 ? "" : `${percent(served / files)}`;
}

/**
 * @param {string} place
 * @param {string} part
 * @param {(name: string, results: Record<string, any>) => string[]} row
 */
function rowsOf(place, part, row) {
  return repositoriesOf([]).flatMap(({ name }) => {
    const file = join(place, "results", `${name}.${part}.json`);
    return existsSync(file) ? [row(name, JSON.parse(readFileSync(file, "utf8")).results)] : [];
  });
}

/** @param {readonly string[]} head @param {readonly string[][]} rows */
function table(head, rows) {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
