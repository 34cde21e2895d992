import { formatDiagnostic } from "../../report/diagnostic.ts";
import { distinctFindings } from "../../report/distinct-findings.ts";
import { isFailedTest, type FindingView, type RunView, type TaskView, type TestView } from "../../report/run-view.ts";

/** More than that helps neither a person nor an agent: what is mended first may mend the rest. */
const MOST = 60;
const LONGEST = 400;

/** What a run found wrong, a line each: what an agent can mend, gates, and why something could not be looked at. */
export function problemsOf(view: RunView): readonly string[] {
  const gates = view.gates.filter(({ verdict }) => verdict !== "pass");
  const errors = view.diagnostics.filter(({ severity }) => severity === "error");
  return shortened([
    ...mendableOf(view),
    ...gates.map(({ gate, verdict, note }) => `gate ${gate}: ${verdict}${note === undefined ? "" : `, ${note}`}`),
    ...errors.map((diagnostic) => formatDiagnostic(diagnostic, { colour: false })),
  ]);
}

/** What somebody can mend by an edit: findings, tests that fail, tasks that fail with nothing of these. */
export function mendableOf(view: RunView): readonly string[] {
  const findings = distinctFindings(view.findings.filter(({ reported }) => reported.known !== true));
  const tests = view.tests.filter(({ test }) => isFailedTest(test));
  const told = new Set([...findings, ...tests].map(({ task }) => task));
  const tasks = [...view.tasks.values()].filter((task) => isBad(task) && !told.has(task.id));
  return shortened([...findings.map(findingLine), ...tests.map(testLine), ...tasks.map(taskLine)]);
}

function shortened(lines: readonly string[]): readonly string[] {
  const short = lines.map((line) => (line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line));
  return short.length > MOST ? [...short.slice(0, MOST), `and ${String(short.length - MOST)} more`] : short;
}

function isBad({ finished }: TaskView): boolean {
  return finished?.status === "failed" || finished?.status === "broken";
}

function findingLine({ reported: { finding } }: FindingView): string {
  const { file, range, tool, rule, message } = finding;
  const line = range === undefined ? "" : `:${String(range.start.line)}`;
  return `${file}${line}  ${tool} ${rule}: ${message}`;
}

function testLine({ test: { id, outcome, message } }: TestView): string {
  return `test ${id} ${outcome}${message === undefined ? "" : `: ${message}`}`;
}

function taskLine({ id, finished }: TaskView): string {
  const [why] = finished?.diagnostics ?? [];
  // A check that is broken is mended by no edit: what to do is for people.
  if (why !== undefined)
    return [`${id}: ${why.code}  ${why.message}`, ...(why.hint === undefined ? [] : [why.hint])].join("; ");
  return `${id}: ${finished?.reason ?? finished?.summary ?? "it did not end"}`;
}
