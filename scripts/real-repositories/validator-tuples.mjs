/** @typedef {{ file: string, rule: string, message: string, range?: { start: { line: number } } }} Told a finding of the summary */

/**
 * Path, line (0 where there is none) and rule.
 * @param {Told} finding
 */
export function tupleOf({ file, range, rule }) {
  return `${file}:${range?.start.line ?? 0} ${rule}`;
}

/** Where findings have no place that means something: what their plugin documents. */
const CANONICAL = new Map([
  ["hyperfine", benchmarks],
  ["pip-audit", packages],
  ["pip-licenses", packages],
  ["pre-commit", hooks],
]);

/**
 * Canonical tuples of what a validator found, as `validators-by-hand.mjs` writes them.
 * @param {string} validator
 * @param {readonly Told[]} findings
 * @returns {string[]}
 */
export function tuplesOf(validator, findings) {
  return CANONICAL.get(validator)?.(findings) ?? findings.map(tupleOf);
}

/**
 * Package and release with the advisory or the licence.
 * @param {readonly Told[]} findings
 */
function packages(findings) {
  return findings.map(({ message, rule }) => {
    const [, release = "", rest = ""] = /^(\S+ \S+): (.*)$/s.exec(message) ?? [];
    if (rule === "licence-unknown") return `${release} UNKNOWN`;
    const licence = /^(.*) is (?:denied|not allowed)$/s.exec(rest)?.[1];
    return `${release} ${rule.startsWith("licence-") ? licence : rule}`;
  });
}

/**
 * Hook, exit code and all files of a hook that failed.
 * @param {readonly Told[]} findings
 */
function hooks(findings) {
  /** @type {Map<string, string[]>} */
  const files = new Map();
  for (const { rule, message, file } of findings) {
    const [first = ""] = message.split("\n");
    const exit = /: exit code (\d+)(?:, would change this file)?$/.exec(first)?.[1] ?? "0";
    const hook = `${rule}, exit code ${exit}`;
    files.set(hook, [...(files.get(hook) ?? []), file]);
  }
  return [...files].map(([hook, all]) => `${hook}: ${all.sort().join(" ")}`);
}

/**
 * Benchmark and exit code.
 * @param {readonly Told[]} findings
 */
function benchmarks(findings) {
  return findings.map(({ message }) => message.replace(/ failed with (exit code \d+) in \d+ of .*$/s, " $1"));
}
