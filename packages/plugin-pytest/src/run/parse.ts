import {
  fail,
  ok,
  type CommandContext,
  type CommandResult,
  type Diagnostic,
  type Outcome,
  type Result,
} from "@symbiotic-build/engine";
import type { PytestFacts } from "../inspect/facts.ts";
import type { PytestOptions } from "../options.ts";
import { readRecorded, RECORDED } from "../recorder/read-recorded.ts";
import { brokenRun, EXIT_CODES } from "./broken.ts";
import { readCoverage } from "./coverage.ts";
import { readJunit } from "./junit.ts";
import { outcomesOf, summaryOf } from "./outcomes.ts";
import { readReport, type Report } from "./report.ts";
import { reproOf } from "./repro.ts";

type PytestContext = CommandContext<PytestOptions, PytestFacts>;

/** What pytest reported, test by test. */
const REPORT = "report.json";

/** The files in the task's folder that tell what happened. */
export const READS: readonly string[] = [REPORT, "junit.xml", "coverage.json", ...RECORDED];

/** Exit codes after which the tests that ran count; the others say nothing about the tests. */
const TELLING: readonly number[] = [EXIT_CODES.ok, EXIT_CODES.testsFailed, EXIT_CODES.interrupted, EXIT_CODES.noTests];

/** What a run of pytest means: every test's outcome, and the coverage where it was measured. */
export function parse(result: CommandResult, context: PytestContext): Result<Outcome, Diagnostic> {
  const report = TELLING.includes(result.exitCode) ? reportOf(result, context) : undefined;
  if (report === undefined) return fail(brokenRun(result));
  // A test file that cannot be collected stops pytest with the same code as a person does.
  if (result.exitCode === EXIT_CODES.interrupted && !hasFailures(report)) return fail(brokenRun(result));
  return ok(outcomeOf(result, report, context));
}

function reportOf({ files }: CommandResult, { project, facts }: PytestContext): Report | undefined {
  const [own, junit] = [files[REPORT], files["junit.xml"]];
  if (own !== undefined) return readReport(own, project.root);
  return junit === undefined ? undefined : readJunit(junit, { root: project.root, rootdir: facts.rootdir });
}

function hasFailures({ tests }: Report): boolean {
  return tests.some(({ outcome }) => outcome === "failed" || outcome === "error");
}

function outcomeOf(result: CommandResult, report: Report, { tool, project }: PytestContext): Outcome {
  const hasPassed = result.exitCode === EXIT_CODES.ok || result.exitCode === EXIT_CODES.noTests;
  const text = result.files["coverage.json"];
  const coverage = text === undefined ? undefined : readCoverage(text, report.places);
  return {
    status: hasPassed ? "ok" : "failed",
    summary: summaryOf(report.tests),
    evidence: {
      tool: tool.name,
      tests: outcomesOf(report.tests, (id) => reproOf(project.root, id)),
      ...(coverage === undefined ? {} : { metrics: coverage.metrics, coverage: coverage.files }),
    },
    ...readRecorded(result.files),
  };
}
