import type { Diagnostic } from "../core/diagnostic.ts";
import { failedTasks } from "./failed-tasks.ts";
import { failedTests } from "./failed-tests.ts";
import { newFindings } from "./distinct-findings.ts";
import { nextStep } from "./findings.ts";
import { githubCommand, type Properties } from "./github-command.ts";
import { count } from "./numbers.ts";
import type { FindingView, RunView, TestView } from "./run-view.ts";
import { manyLines, oneLine } from "./sanitise.ts";

const LEVELS = ["error", "warning", "notice"] as const;
/** GitHub shows no more of a level in a step. */
const MOST = 10;

/** A mark at a line of a file in the view of a pull request. */
interface Annotation {
  readonly level: (typeof LEVELS)[number];
  readonly properties: Properties;
  readonly text: readonly string[];
}

/** The commands that annotate the files, most severe first, as many of each level as GitHub shows, and a line that says how many are left out. */
export function annotationLines(view: RunView): string[] {
  const all = [
    ...view.diagnostics.map(diagnosticAnnotation),
    ...failedTasks(view).map(({ task, finished }) => {
      return about("error", { title: `${task.id} ${finished.status}` }, [finished.reason ?? finished.summary]);
    }),
    ...failedTests(view).map(testAnnotation),
    ...newFindings(view.findings).map(findingAnnotation),
  ];
  return LEVELS.flatMap((level) => {
    const some = all.filter((annotation) => annotation.level === level);
    return [...some.slice(0, MOST).map(commandLine), ...leftOut(some.length, level)];
  });
}

function commandLine({ level, properties, text }: Annotation): string {
  return githubCommand(level, properties, text.join("\n"));
}

function leftOut(total: number, level: string): string[] {
  return total > MOST ? [`${String(MOST)} of ${count(total, level)} annotated: GitHub shows no more in a step`] : [];
}

function about(level: Annotation["level"], properties: Properties, text: readonly (string | undefined)[]): Annotation {
  const safe = Object.entries(properties).map(
    ([key, value]) => [key, typeof value === "string" ? oneLine(value) : value] as const,
  );
  const lines = text.flatMap((part) => manyLines(part ?? "")).filter((line) => line !== "");
  return { level, properties: Object.fromEntries(safe), text: lines };
}

function diagnosticAnnotation({ severity, code, message, location, hint }: Diagnostic): Annotation {
  const place = { file: location?.file, line: location?.line, col: location?.column };
  return about(severity === "info" ? "notice" : severity, { ...place, title: code }, [message, hint]);
}

function testAnnotation({ test }: TestView): Annotation {
  const repro = test.repro === undefined ? undefined : `repro: ${test.repro}`;
  return about("error", { file: test.file, line: test.line, title: test.id }, [test.message ?? "failed", repro]);
}

function findingAnnotation({ reported: { finding } }: FindingView): Annotation {
  const level = finding.level === "note" ? "notice" : finding.level;
  const title = `${finding.tool} ${finding.rule}`;
  return about(level, { file: finding.file, ...range(finding.range), title }, [finding.message, nextStep(finding)]);
}

/** Columns only where all is on one line: GitHub takes them for nothing else. */
function range(where: FindingView["reported"]["finding"]["range"]): Properties {
  if (where === undefined) return {};
  const { start, end } = where;
  if (end === undefined) return { line: start.line, col: start.column };
  if (end.line !== start.line) return { line: start.line, endLine: end.line };
  return { line: start.line, endLine: end.line, col: start.column, endColumn: Math.max(start.column, end.column - 1) };
}
