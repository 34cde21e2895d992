import type { FileCoverage, FindingReport, GateReport, RunReport, TaskReport, TestReport } from "./run-report.ts";
import { codeCell, codeSpan } from "./code-span.ts";
import { formatLocation } from "./diagnostic.ts";
import { countLines, rangesText } from "../core/line-ranges.ts";
import { count, formatDuration } from "./numbers.ts";
import { percentOf } from "./report-coverage.ts";
import { isFailed } from "./report-tests.ts";
import { manyLines } from "./sanitise.ts";

/** By it a bot finds its own comment again, to change it rather than to write another. */
export const COMMENT_MARK = "<!-- symbiotic -->";

/** GitHub takes 65,536 characters a comment; some are left for what a bot may add. */
const MOST_CHARACTERS = 60_000;
const MOST_GATES = 60;
const MOST_FINDINGS = 20;
const MOST_TESTS = 20;
const MOST_FILES = 30;
const MOST_TASKS = 20;
const MOST_PROJECTS = 20;
const MOST_NOTICES = 10;

const SIGNS = { pass: "✅", fail: "❌", hold: "⚠️" } as const;
const OUTCOMES = { passed: "✅", failed: "❌", interrupted: "⚠️", unfinished: "⚠️" } as const;

/**
 * A run as a comment on a pull request, in Markdown: the verdict, the gates, new findings, failed tests, tasks that did
 * not end well, the coverage of changed files, what changed, time and cache. Texts of tools are code, and so no markup.
 */
export function pullRequestText(report: RunReport): string {
  const { run } = report;
  const sections = [
    gateSection(report.gates),
    findingSection(report.findings),
    testSection(report.tests),
    taskSection(report),
    coverageSection(report),
    changeSection(report),
    noticeSection(report),
  ].filter((section) => section !== "");
  const head = [COMMENT_MARK, `## ${OUTCOMES[run.outcome]} ${headline(report)}`];
  const foot = footLine(report);
  return `${fitting(head, sections, foot).join("\n\n")}\n`;
}

/** As many sections as there is room for, in the order of their weight. */
function fitting(head: readonly string[], sections: readonly string[], foot: string): string[] {
  const told = [...head];
  let left = MOST_CHARACTERS - [...head, foot].join("\n\n").length;
  let isCut = false;
  for (const section of sections) {
    left -= section.length + 2;
    if (left > 0) told.push(section);
    else isCut = true;
  }
  return [...told, ...(isCut ? ["_Some of it is left out here: a comment takes no more._"] : []), foot];
}

/** Ours, but for the sentence why nothing was selected. */
function headline({ run }: RunReport): string {
  return run.verdict === run.nothing ? codeSpan(run.verdict) || "nothing to run" : run.verdict;
}

function gateSection(gates: readonly GateReport[]): string {
  const rows = gates.slice(0, MOST_GATES).map(({ name, measured, wanted, verdict, required, note }) => {
    const advisory = required ? "" : " (advisory)";
    return `| ${codeCell(name)} | ${codeCell(measured)} | ${codeCell(wanted)} | ${SIGNS[verdict]} ${verdict}${advisory} | ${codeCell(note ?? "")} |`;
  });
  if (rows.length === 0) return "";
  return [
    "| gate | measured | wanted | verdict | |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    ...more(gates.length - MOST_GATES, "gate"),
  ].join("\n");
}

function findingSection(findings: readonly FindingReport[]): string {
  const fresh = findings.filter(({ known }) => !known);
  const old = findings.length - fresh.length;
  const known = old > 0 ? [`${count(old, "finding")} more ${old === 1 ? "is" : "are"} in the baseline.`] : [];
  const lines = fresh.slice(0, MOST_FINDINGS).map(findingLine);
  if (lines.length === 0) return known.join("");
  const title = `### ${count(fresh.length, "finding")}`;
  const list = [...lines, ...more(fresh.length - MOST_FINDINGS, "finding")];
  return [title, list.join("\n"), ...known].join("\n\n");
}

function findingLine(finding: FindingReport): string {
  const { level, tool, rule, message, alsoBy, fix, source, range } = finding;
  const [first = ""] = manyLines(message);
  const place = formatLocation({ file: finding.file, ...range?.start });
  const by = [`${tool} ${rule}`, ...alsoBy.slice(0, 3)].map((each) => codeSpan(each, 80)).join(", ");
  const fixed =
    fix === null ? "" : fix.applicability === "safe" ? " (can be fixed)" : " (has a fix that may change behaviour)";
  const own = range === null ? undefined : source?.lines[range.start.line - source.from];
  const line = own === undefined || own.trim() === "" ? [] : [`  ${codeSpan(own, 200)}`];
  return [`- **${level}** ${codeSpan(place, 200)} ${codeSpan(first)} — ${by}${fixed}`, ...line].join("  \n");
}

function testSection(tests: readonly TestReport[]): string {
  const failed = tests.filter(isFailed);
  if (failed.length === 0) return "";
  const lines = failed.slice(0, MOST_TESTS).map(({ id, message, repro, outcome }) => {
    const [first = ""] = manyLines(message ?? "");
    const said = [`- **${outcome}** ${codeSpan(id)}`, codeSpan(first)].filter((part) => part !== "").join(" ");
    return [said, ...(repro === null ? [] : [`  repro: ${codeSpan(repro, 500)}`])].join("  \n");
  });
  const title = `### ${count(failed.length, "test")} of ${String(tests.length)} failed`;
  return [title, [...lines, ...more(failed.length - MOST_TESTS, "test")].join("\n")].join("\n\n");
}

/** Tasks of which nothing above tells: broken ones, ones that did not end, failed ones without a failed test. */
function taskSection({ tasks, tests, findings }: RunReport): string {
  const told = new Set([...findings, ...tests.filter(isFailed)].map(({ task }) => task));
  const bad = tasks.filter(({ id, status }) => {
    return status === "broken" || status === null || (status === "failed" && !told.has(id));
  });
  if (bad.length === 0) return "";
  const lines = bad
    .slice(0, MOST_TASKS)
    .map((task) => `- ${codeSpan(task.id)} ${task.status ?? "did not end"}${why(task)}`);
  return ["### Tasks that did not end well", [...lines, ...more(bad.length - MOST_TASKS, "task")].join("\n")].join(
    "\n\n",
  );
}

function why({ reason, summary, log }: TaskReport): string {
  const [first = ""] = manyLines(reason ?? summary);
  const said = first === "" ? "" : `: ${codeSpan(first)}`;
  return log === null ? said : `${said} (log: ${codeSpan(log)})`;
}

function coverageSection({ coverage }: RunReport): string {
  const known = coverage.filter(({ changed }) => changed === true);
  if (known.length === 0) return coverage.length === 0 ? "" : `Coverage: ${total(coverage)}.`;
  const worst = known.toSorted((a, b) => a.percent - b.percent);
  const rows = worst.slice(0, MOST_FILES).map(({ file, percent, covered, lines, missing }) => {
    const missed = countLines(missing) === 0 ? "" : codeCell(rangesText(missing), 80);
    return `| ${codeCell(file)} | ${percent.toFixed(1)} % | ${String(covered)}/${String(lines)} | ${missed} |`;
  });
  return [
    `### Coverage of changed files`,
    "",
    "| file | lines | covered | missing |",
    "| --- | ---: | ---: | --- |",
    ...rows,
    ...more(known.length - MOST_FILES, "file"),
    "",
    `All files: ${total(coverage)}.`,
  ].join("\n");
}

function total(coverage: readonly FileCoverage[]): string {
  const [covered, lines] = [sum(coverage, "covered"), sum(coverage, "lines")];
  return `${percentOf(covered, lines).toFixed(1)} % (${String(covered)} of ${count(lines, "line")})`;
}

function sum(files: readonly FileCoverage[], what: "covered" | "lines"): number {
  return files.reduce((all, file) => all + file[what], 0);
}

function changeSection({ run: { comparison }, affected }: RunReport): string {
  if (comparison === null) return "";
  const { base, commit, reason, changedFiles } = comparison;
  const what = `${count(changedFiles, "file")} changed since ${codeSpan(base)} (${codeSpan(reason)}, ${codeSpan(commit.slice(0, 7))}).`;
  const lines = affected
    .slice(0, MOST_PROJECTS)
    .map(({ project, reason: because }) => `- ${codeSpan(project)}: ${codeSpan(because)}`);
  return ["### What changed", what, [...lines, ...more(affected.length - MOST_PROJECTS, "project")].join("\n")]
    .join("\n\n")
    .trimEnd();
}

/** Warnings and errors of the run itself. */
function noticeSection({ diagnostics }: RunReport): string {
  const told = diagnostics.filter(({ severity }) => severity !== "info");
  if (told.length === 0) return "";
  const lines = told.slice(0, MOST_NOTICES).map(({ severity, code, message }) => {
    return `- **${severity}** ${codeSpan(code, 20)} ${codeSpan(message)}`;
  });
  return ["### Notices", [...lines, ...more(told.length - MOST_NOTICES, "notice")].join("\n")].join("\n\n");
}

function footLine({ run, tasks }: RunReport): string {
  const { total: all, cached, skipped } = run.counts;
  const parts = [
    `${count(all, "task")}: ${String(Math.max(0, all - cached - skipped))} run, ${String(cached)} cached`,
    formatDuration(run.durationMs),
    ...(run.savedMs > 0 ? [`${formatDuration(run.savedMs)} saved`] : []),
    ...(tasks.some(({ flaky }) => flaky) ? [`${count(tasks.filter(({ flaky }) => flaky).length, "task")} flaky`] : []),
    `run ${codeSpan(run.id, 80) || "unknown"}`,
  ];
  return parts.join(" · ");
}

/** A line of its own below a list or a table. */
function more(amount: number, noun: string): string[] {
  return amount > 0 ? ["", `and ${count(amount, noun)} more`] : [];
}
