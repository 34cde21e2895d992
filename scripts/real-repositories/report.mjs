/** @typedef {import("./trial.mjs").Trial} Trial */

const OUTCOMES = ["passed", "failed", "error", "skipped", "xfailed", "xpassed"];

/**
 * The trials as Markdown.
 * @param {readonly Trial[]} trials
 * @returns {string}
 */
export function reportOf(trials) {
  const rows = trials.map((trial) => [
    trial.name,
    `\`${trial.commit.slice(0, 12)}\``,
    `${trial.projects} (${trial.tested} with tests)`,
    countsText(trial.counts),
    `${trial.findings}, ${trial.unformatted} files, ${trial.typeErrors ?? "no mypy"}`,
    countsText(sorted(trial.tests)),
    `${trial.differences.length}${trial.unsteady.length === 0 ? "" : `, ${trial.unsteady.length} unsteady`}`,
    `${trial.seconds.first.toFixed(1)} s, ${trial.seconds.second.toFixed(1)} s`,
  ]);
  const head = [
    "repository",
    "commit",
    "projects",
    "tasks",
    "findings, unformatted, of mypy",
    "tests",
    "differences",
    "first run, second run",
  ];
  return [table(head, rows), ...trials.map(sectionOf)].join("\n\n").concat("\n");
}

/** @param {Trial} trial */
function sectionOf(trial) {
  const versions = Object.entries(trial.versions).map(([name, version]) => `${name} ${version}`);
  const gates = trial.gates.map(({ gate, measured, wanted, verdict, required }) => [
    gate,
    measured,
    wanted,
    `${verdict}${required ? "" : " (advisory)"}`,
  ]);
  const touched = trial.touched.map(({ file, tested, differences }) => [
    `\`${file}\``,
    `${tested} projects`,
    differences.length === 0 ? "as expected" : "different",
  ]);
  return [
    `## ${trial.name}`,
    `${versions.join(", ")}. pytest by hand: ${trial.seconds.hand.toFixed(1)} s. Exit code ${trial.exit}; second run: ${trial.served} of ${trial.counts["ok"] ?? 0} tasks that were ok from the cache.`,
    table(["gate", "measured", "wanted", "verdict"], gates),
    ...(touched.length === 0 ? [] : [table(["touched", "`--affected` tests", "which"], touched)]),
    ...(trial.unsteady.length === 0
      ? []
      : [`Only in the first of two runs with the same inputs:\n\n${listOf(trial.unsteady)}`]),
    trial.differences.length === 0 ? "No difference." : listOf(trial.differences),
  ].join("\n\n");
}

/**
 * @param {Readonly<Record<string, number>>} tests
 * @returns {Record<string, number>}
 */
function sorted(tests) {
  return Object.fromEntries(["total", ...OUTCOMES].map((name) => [name, tests[name] ?? 0]));
}

/**
 * A list as Markdown has it.
 * @param {readonly string[]} texts
 */
export function listOf(texts) {
  return texts.map((text) => `- ${text}`).join("\n");
}

/** @param {Readonly<Record<string, number>>} counts */
function countsText(counts) {
  const { total = 0, ...rest } = counts;
  const parts = Object.entries(rest).filter(([name, count]) => count > 0 && name !== "cached");
  return `${total}${parts.length === 0 ? "" : `: ${parts.map(([name, count]) => `${count} ${name}`).join(", ")}`}`;
}

/**
 * A table as Markdown has it.
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}
