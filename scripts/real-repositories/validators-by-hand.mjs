import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectNode, ScriptError } from "../lib/run.mjs";
import { dbt, greatExpectations } from "./data-by-hand.mjs";
import { hooksByHand } from "./hooks-by-hand.mjs";
import { mypy } from "./mypy-by-hand.mjs";
import { pipAudit, pipLicenses } from "./packages-by-hand.mjs";
import { at, refused, tuple } from "./place.mjs";
import { run } from "./processes.mjs";
import { hyperfine, hypothesis } from "./runs-by-hand.mjs";

/** @typedef {import("./place.mjs").ByHand} ByHand */
/** @typedef {import("./place.mjs").Place} Place */

/**
 * Each validator as its own documentation says that a person runs it at the root of a repository, with another form of
 * report than the plugin reads, where the tool has one.
 * @type {Readonly<Record<string, (place: Place) => ByHand | Promise<ByHand>>>}
 */
export const BY_HAND = {
  bandit,
  black,
  dbt,
  eslint,
  gitleaks: (place) => gitleaks(place, ["dir", "."]),
  "gitleaks-history": (place) => ({ ...gitleaks(place, ["git", "."]), onlyVisible: false }),
  "great-expectations": greatExpectations,
  hyperfine,
  hypothesis,
  mypy,
  "pip-audit": pipAudit,
  "pip-licenses": pipLicenses,
  "pre-commit": hooksByHand,
  prettier,
  semgrep,
};

/** @param {Place} place */
function bandit(place) {
  const settings = has(place, "pyproject.toml", /^\[tool\.bandit\b/m) ? ["-c", "pyproject.toml"] : [];
  const done = run("bandit", ["-r", ".", "-f", "json", "--quiet", ...settings], at(place));
  if (done.code > 1) return refused(done);
  /** @type {{ results: { filename: string, line_number: number, test_id: string }[], errors: { filename: string }[] }} */
  const { results, errors } = JSON.parse(done.stdout);
  return {
    found: [
      ...results.map(({ filename, line_number, test_id }) => tuple(place, filename, line_number, test_id)),
      ...errors.map(({ filename }) => tuple(place, filename, 0, "unreadable")),
    ],
  };
}

/** @param {Place} place */
function black(place) {
  const done = run("black", ["--check", "--no-color", "."], at(place));
  const lines = done.stderr.split("\n");
  if (![0, 1].includes(done.code) && !lines.some((line) => /^error: cannot (format|parse)/.test(line)))
    return refused(done);
  return {
    found: lines.flatMap((line) => {
      const path = /^would reformat (.+)$/.exec(line)?.[1];
      if (path !== undefined) return [tuple(place, path, 0, "format")];
      const [, broken, row] =
        /^error: cannot format (.+?): Cannot parse.*?: (\d+):\d+: /.exec(line) ??
        /^error: cannot parse[^:]*: (.+?):(\d+):\d+$/.exec(line) ??
        [];
      return broken === undefined ? [] : [tuple(place, broken, Number(row), "invalid-syntax")];
    }),
  };
}

/** @param {Place} place */
async function semgrep(place) {
  const rules = join(place.temporary, "bundled.json");
  const { RULES } = await import("../../packages/plugin-semgrep/src/rules/rules.ts");
  writeFileSync(rules, JSON.stringify({ rules: RULES }));
  const own = [".semgrep.yml", ".semgrep.yaml", "semgrep.yml", "semgrep.yaml", ".semgrep"].filter((name) =>
    existsSync(join(place.root, name)),
  );
  const whole = join(place.temporary, "semgrep.json");
  const args = ["scan", ".", "--sarif", `--json-output=${whole}`, "--metrics=off", "--disable-version-check"];
  const done = run("semgrep", [...args, ...[rules, ...own].flatMap((path) => ["--config", path])], at(place));
  if (done.code > 1) return refused(done);
  const names = new Set(RULES.map(({ id }) => id));
  /** @param {string} id semgrep puts the folders of the file before the name of a rule */
  const named = (id) => (names.has(id.split(".").at(-1) ?? "") ? (id.split(".").at(-1) ?? "") : id);
  /** @type {{ ruleId: string, suppressions?: unknown[], locations: SarifLocation[] }[]} */
  const results = JSON.parse(done.stdout).runs[0].results;
  const told = results.filter(({ suppressions = [] }) => suppressions.length === 0);
  /** @type {{ path?: string, spans?: { start: { line: number } }[] }[]} */
  const errors = JSON.parse(readFileSync(whole, "utf8")).errors;
  return {
    found: [
      ...told.map(({ ruleId, locations }) => sarifTuple(place, locations, named(ruleId))),
      ...errors.map(({ path = "", spans }) => tuple(place, path, spans?.[0]?.start.line ?? 0, "unreadable")),
    ],
  };
}

/** @typedef {{ physicalLocation: { artifactLocation: { uri: string }, region: { startLine: number } } }} SarifLocation */

/**
 * @param {Place} place
 * @param {string[]} what
 * @returns {ByHand}
 */
function gitleaks(place, what) {
  const report = join(place.temporary, "gitleaks.sarif");
  const args = [...what, "--no-banner", "--redact", "--report-format", "sarif", "--report-path", report];
  const done = run("gitleaks", args, at(place));
  if (done.code > 1 || !existsSync(report)) return refused(done);
  /** @type {{ ruleId: string, locations: SarifLocation[] }[]} */
  const results = JSON.parse(readFileSync(report, "utf8")).runs[0].results;
  return {
    found: results.map(({ ruleId, locations }) => sarifTuple(place, locations, ruleId)),
  };
}

/** @param {Place} place */
function eslint(place) {
  const done = node(place, "eslint", [".", "--format", "json"]);
  if (done.code > 1) return refused(done);
  /** @type {{ filePath: string, messages: { ruleId: string | null, line?: number, fatal?: boolean }[] }[]} */
  const files = JSON.parse(done.stdout);
  return {
    found: files.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, line, fatal }) =>
        tuple(place, filePath, line ?? 0, ruleId ?? (fatal ? "parse-error" : "unused-directive")),
      ),
    ),
  };
}

/** @param {Place} place */
function prettier(place) {
  const done = node(place, "prettier", [".", "--check", "--no-color"]);
  const lines = `${done.stdout}\n${done.stderr}`.split("\n");
  if (done.code > 1 && !lines.some((line) => /^\[error\] .*: SyntaxError: /.test(line))) return refused(done);
  return {
    found: lines.flatMap((line) => {
      const [, broken, row] = /^\[error\] (.*?): SyntaxError: .*\((\d+):\d+\)$/.exec(line) ?? [];
      if (broken !== undefined) return [tuple(place, broken, Number(row), "syntax")];
      const path = /^\[warn\] (.*)$/.exec(line)?.[1];
      return path === undefined || !existsSync(join(place.root, path)) ? [] : [tuple(place, path, 0, "format")];
    }),
  };
}

/**
 * @param {Place} place
 * @param {readonly SarifLocation[]} locations
 * @param {string} rule
 */
function sarifTuple(place, [location], rule) {
  if (location === undefined) throw new ScriptError(`${rule} has no location`);
  const { artifactLocation, region } = location.physicalLocation;
  return tuple(place, decodeURI(artifactLocation.uri), region.startLine, rule);
}

/**
 * A program of the clone's `node_modules`.
 * @param {Place} place
 * @param {string} name
 * @param {string[]} args
 */
function node(place, name, args) {
  const shim = join(place.root, "node_modules/.bin", name);
  if (!existsSync(shim)) throw new ScriptError(`${place.root} has no ${name} in its node_modules`);
  return run(projectNode(), [realpathSync(shim), ...args], at(place));
}

/**
 * @param {Place} place
 * @param {string} file
 * @param {RegExp} text
 */
function has({ root }, file, text) {
  return existsSync(join(root, file)) && text.test(readFileSync(join(root, file), "utf8"));
}
