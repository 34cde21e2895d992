import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../real-repositories/processes.mjs";
import { HERE } from "./settings.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {Readonly<Record<string, string>>} Variables */
/** @typedef {{ exit: number, seconds: number, outcomes: Map<string, string>, fileSeconds: Map<string, number>, last: string, coverage?: unknown }} Plain */

/**
 * What both sides are given of this process's variables, and those of a mutation.
 * @param {Variables} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export function variables(more = {}) {
  const own = ["PATH", "HOME", "TMPDIR"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(own), LANG: "C.UTF-8", PYTHONDONTWRITEBYTECODE: "1", ...more };
}

/**
 * One run of the whole suite by pytest alone, from the root of the checkout.
 * @param {Checkout} checkout
 * @param {{ args?: readonly string[], env?: Variables, coverage?: readonly string[], caches?: boolean }} [options] `coverage`: sources to measure; `caches`: with pytest's own cache, which others ask for
 * @returns {Plain}
 */
export function runPlain({ root, python, repository }, { args = [], env = {}, coverage, caches = false } = {}) {
  // A sign that some library quotes, as in the folders of tasks: what the arguments are can be seen in coverage.
  const temporary = mkdtempSync(join(tmpdir(), "plain~"));
  const [record, json] = [join(temporary, "record.json"), join(temporary, "coverage.json")];
  const measured =
    coverage === undefined ? [] : [...sources(coverage), `--cov-report=json:${json}`, "--cov-fail-under=0"];
  const cache = caches ? ["-o", `cache_dir=${join(temporary, "cache")}`] : ["-p", "no:cacheprovider"];
  const all = ["-m", "pytest", "-p", "plain_recorder", ...cache, "--color=no", "-q", "--tb=no"];
  const own = { PYTHONPATH: HERE, SELECTION_RECORD: record, COVERAGE_FILE: join(temporary, ".coverage") };
  const paths = repository.testPaths ?? [];
  try {
    const done = run(python, [...all, ...(repository.args ?? []), ...args, ...measured, ...paths], {
      cwd: root,
      env: { ...variables(env), ...own },
    });
    const { outcomes = {}, seconds = {} } = existsSync(record) ? JSON.parse(readFileSync(record, "utf8")) : {};
    const last = `${done.stdout}\n${done.stderr}`.trim().split("\n").slice(-3).join(" ");
    return {
      ...{ exit: done.code, seconds: done.seconds, last },
      ...{ outcomes: new Map(Object.entries(outcomes)), fileSeconds: new Map(Object.entries(seconds)) },
      ...(existsSync(json) ? { coverage: JSON.parse(readFileSync(json, "utf8")) } : {}),
    };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** @param {readonly string[]} coverage none: what the repository's settings say */
function sources(coverage) {
  return coverage.length === 0 ? ["--cov"] : coverage.map((source) => `--cov=${source}`);
}
