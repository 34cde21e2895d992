/** @typedef {import("../real-repositories/by-symbiotic.mjs").Evidence} Evidence */
/** @typedef {{ executed_lines: number[], missing_lines: number[] }} FileLines */
/** @typedef {{ files: Record<string, FileLines>, totals: { covered_lines: number, num_statements: number, covered_branches?: number, num_branches?: number } }} Report coverage.py's */

/**
 * Where the lines that ran and that did not are other than in a plain run, and where the numbers are.
 * @param {unknown} plain coverage.py's JSON report
 * @param {Evidence | undefined} evidence
 * @returns {string[]}
 */
export function coverageDifferences(plain, evidence) {
  if (plain === undefined || evidence === undefined) return ["coverage was not measured"];
  const { files, totals } = /** @type {Report} */ (plain);
  const own = evidence.coverage ?? {};
  const should = new Map(
    Object.entries(files).map(([path, lines]) => [
      path,
      `${text(lines.executed_lines)} | ${text(lines.missing_lines)}`,
    ]),
  );
  const is = new Map(
    Object.entries(own).map(([path, { executed, missing }]) => [path, `${plainly(executed)} | ${plainly(missing)}`]),
  );
  const paths = [...new Set([...should.keys(), ...is.keys()])].sort();
  return [
    ...paths.flatMap((path) =>
      should.get(path) === is.get(path) ? [] : [`coverage of ${path}: ${between(should.get(path), is.get(path))}`],
    ),
    ...numbers(totals, evidence),
  ];
}

/** @param {Report["totals"]} totals @param {Evidence} evidence */
function numbers(totals, { metrics = [] }) {
  const own = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  const pairs = [
    ["covered_lines", totals.covered_lines],
    ["lines", totals.num_statements],
    ["covered_branches", totals.covered_branches],
    ["branches", totals.num_branches],
  ];
  return pairs.flatMap(([name, value]) => {
    const told = own[String(name)];
    return value === undefined || (value === 0 && told === undefined) || value === told
      ? []
      : [`${name}: told ${told}, is ${value}`];
  });
}

/** Numbers as one text, whatever ranges they were in. @param {readonly number[]} lines */
function text(lines) {
  return [...lines].sort((a, b) => a - b).join(",");
}

/** @param {string} ranges such as `1-4,7` */
function plainly(ranges) {
  const parts = ranges === "" ? [] : ranges.split(",");
  return text(
    parts.flatMap((part) => {
      const [first = 0, last = first] = part.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, at) => first + at);
    }),
  );
}

/** What is in one and not in the other. @param {string | undefined} should @param {string | undefined} is */
function between(should, is) {
  if (should === undefined) return "plain pytest does not measure it";
  if (is === undefined) return "it is missing";
  const [a, b] = [numbersIn(should), numbersIn(is)];
  const only = (/** @type {Set<string>} */ one, /** @type {Set<string>} */ other) =>
    [...one].filter((each) => !other.has(each));
  return `lines of one side only: executed ${only(b.executed, a.executed).join(",") || "none"} told, ${only(a.executed, b.executed).join(",") || "none"} true; missing ${only(b.missing, a.missing).join(",") || "none"} told, ${only(a.missing, b.missing).join(",") || "none"} true`;
}

/** @param {string} both */
function numbersIn(both) {
  const [executed = "", missing = ""] = both.split(" | ");
  return { executed: new Set(executed.split(",")), missing: new Set(missing.split(",")) };
}
