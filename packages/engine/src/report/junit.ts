import { isFailed } from "./report-tests.ts";
import type { RunReport, TaskReport, TestReport } from "./run-report.ts";
import { manyLines } from "./sanitise.ts";
import { safeName } from "./safe-text.ts";
import { xmlText, type XmlElement } from "./xml.ts";

/**
 * The tests of a run as JUnit XML: a suite for each task with tests. A task that did not end well and of which no failed
 * test tells is a case of its own with an error, so that what did not run is not taken for passed.
 */
export function junitText(report: RunReport): string {
  const tests = Map.groupBy(report.tests, ({ task }) => task);
  const suites = report.tasks.flatMap((task) => {
    const own = tests.get(task.id) ?? [];
    const lost = isLost(task, own) ? [lostCase(task)] : [];
    return own.length + lost.length === 0 ? [] : [suiteOf(task, [...own.map(caseOf), ...lost])];
  });
  const known = new Set(report.tasks.map(({ id }) => id));
  const others = [...tests].flatMap(([id, own]) =>
    known.has(id) ? [] : [suiteOf({ id, durationMs: 0 }, own.map(caseOf))],
  );
  const all = [...suites, ...others];
  return xmlText({ name: "testsuites", attributes: { name: "symbiotic", ...totals(all) }, children: all });
}

type Outcome = "failures" | "errors" | "skipped";

/** A case beside what it counts as. */
interface Case {
  readonly element: XmlElement;
  readonly counts?: Outcome;
}

function suiteOf({ id, durationMs }: Pick<TaskReport, "id" | "durationMs">, cases: readonly Case[]): XmlElement {
  const count = (outcome: Outcome): number => cases.filter(({ counts }) => counts === outcome).length;
  return {
    name: "testsuite",
    attributes: {
      name: safeName(id, "unnamed"),
      tests: cases.length,
      failures: count("failures"),
      errors: count("errors"),
      skipped: count("skipped"),
      time: (durationMs / 1000).toFixed(3),
    },
    children: cases.map(({ element }) => element),
  };
}

function totals(suites: readonly XmlElement[]): XmlElement["attributes"] {
  const sum = (name: string): number => suites.reduce((total, suite) => total + Number(suite.attributes[name]), 0);
  return { tests: sum("tests"), failures: sum("failures"), errors: sum("errors"), time: sum("time").toFixed(3) };
}

function caseOf(test: TestReport): Case {
  const counts = countsAs(test);
  const { file, line } = test;
  const attributes = { ...nameOf(test), file: file ?? undefined, line: line ?? undefined };
  const children = counts === undefined ? [] : [outcomeOf(test, counts)];
  return { element: { name: "testcase", attributes, children }, ...(counts && { counts }) };
}

function countsAs({ outcome }: TestReport): Outcome | undefined {
  if (outcome === "failed") return "failures";
  if (outcome === "error") return "errors";
  return outcome === "skipped" || outcome === "xfailed" ? "skipped" : undefined;
}

function outcomeOf(test: TestReport, counts: Outcome): XmlElement {
  const { outcome, message, repro } = test;
  const [first = ""] = manyLines(message ?? "");
  if (counts === "skipped") {
    const why = first === "" && outcome === "xfailed" ? "failed, as expected" : first;
    return { name: "skipped", attributes: { message: why === "" ? undefined : why } };
  }
  const text = [message ?? outcome, ...(repro === null ? [] : [`repro: ${repro}`])].join("\n");
  const attributes = { message: first === "" ? outcome : first, type: outcome };
  return { name: counts === "failures" ? "failure" : "error", attributes, text };
}

/** `tests/test_a.py::TestB::test_c[1::2]` is `test_c[1::2]` of `tests.test_a.TestB`. */
function nameOf({ id, task }: TestReport): { readonly classname: string; readonly name: string } {
  const bracket = id.indexOf("[");
  const head = bracket < 0 ? id : id.slice(0, bracket);
  const [file = "", ...path] = head.split("::");
  const last = path.pop();
  if (last === undefined) return { classname: safeName(task, "unnamed"), name: safeName(id, "unnamed") };
  const classname = [file.replace(/\.py$/, "").replaceAll("/", "."), ...path].join(".");
  return { classname: safeName(classname, "unnamed"), name: safeName(`${last}${id.slice(head.length)}`, "unnamed") };
}

function isLost({ status }: TaskReport, tests: readonly TestReport[]): boolean {
  if (status === "broken" || status === null) return true;
  return status === "failed" && !tests.some(isFailed);
}

function lostCase({ id, title, status, reason, summary }: TaskReport): Case {
  const why = status === null ? "it did not come to its end" : (reason ?? summary);
  const [first = ""] = manyLines(why);
  const message = first === "" ? (status ?? "") : first;
  const error: XmlElement = { name: "error", attributes: { message, type: status ?? "unfinished" }, text: why };
  const attributes = { classname: safeName(id, "unnamed"), name: safeName(title, "unnamed") };
  return { element: { name: "testcase", attributes, children: [error] }, counts: "errors" };
}
