import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BENCHMARKS } from "./configurations.mjs";
import { at, refused, tuple } from "./place.mjs";
import { run } from "./processes.mjs";

/** @typedef {import("./place.mjs").ByHand} ByHand */
/** @typedef {import("./place.mjs").Place} Place */

/**
 * Benchmarks whose command failed, with the exit code.
 * @param {Place} place
 * @returns {ByHand}
 */
export function hyperfine(place) {
  const report = join(place.temporary, "hyperfine.json");
  const commands = BENCHMARKS.flatMap(({ name, command }) => ["-n", name, command]);
  const done = run("hyperfine", ["--runs", "2", "--ignore-failure", "--export-json", report, ...commands], at(place));
  if (done.code !== 0) return refused(done);
  /** @type {{ command: string, exit_codes: number[] }[]} */
  const results = JSON.parse(readFileSync(report, "utf8")).results;
  const failed = results.map(({ command, exit_codes }) => ({ command, code: exit_codes.find((code) => code !== 0) }));
  return {
    onlyVisible: false,
    found: failed.flatMap(({ command, code }) => (code === undefined ? [] : [`${command} exit code ${code}`])),
  };
}

/** How hypothesis tells of an example, in an exception and in a group of several. */
const EXAMPLE = /^[E| ]*(?:Falsifying|Failing) (?:explicit )?(?:example|test case):/gm;

/**
 * Tests of properties that failed, at their first line, once for each example. The test of a state machine is a function of
 * hypothesis: its place is the module that names it.
 * @param {Place} place
 * @returns {ByHand}
 */
export function hypothesis(place) {
  const report = join(place.temporary, "hypothesis.xml");
  const args = ["-m", "hypothesis", "--hypothesis-seed=0", "-p", "no:cacheprovider", "--junitxml", report];
  const done = run("python", ["-m", "pytest", ...args, "-o", "junit_family=xunit1"], at(place));
  const isUncollected = done.code === 2 && done.stdout.includes("during collection");
  if (![0, 1, 5].includes(done.code) && !isUncollected) return refused(done);
  if (isUncollected) {
    const modules = done.stdout.matchAll(/^ERROR (\S+\.py)/gm);
    return { found: [...new Set([...modules].map(([, path = ""]) => tuple(place, path, 0, "collection")))] };
  }
  const cases = readFileSync(report, "utf8").split("<testcase ").slice(1);
  return {
    found: cases
      .filter((text) => text.includes("<failure") || text.includes("<error"))
      .flatMap((text) => {
        const [, names = "", file = "", line = "-1"] =
          /classname="([^"]*)"[^>]* file="([^"]*)" line="(\d+)"/.exec(text) ?? [];
        const told = (/** @type {string} */ rule) =>
          file.endsWith("hypothesis/stateful.py")
            ? tuple(place, `${names.split(".").slice(0, -1).join("/")}.py`, 0, rule)
            : tuple(place, file, Number(line) + 1, rule);
        const examples = text.match(EXAMPLE) ?? [];
        if (text.includes("<error")) return [told("error")];
        return examples.length === 0 ? [told("failed")] : examples.map(() => told("falsified"));
      }),
  };
}
