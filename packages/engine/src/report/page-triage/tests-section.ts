import { count } from "../numbers.ts";
import type { RunReport, TestReport } from "../run-report.ts";
import { manyLines } from "../sanitise.ts";
import { linesMarkup, type Markup, markup, NOTHING, openIf } from "./markup.ts";

/** So many are unfolded. */
const FEW = 10;

/** Of more, only the number of those that were skipped is told. */
const MOST_QUIET = 1000;

/** The tests that failed, each with its message and the command that runs just it; then those that did not run. */
export function testsSection({ tests }: RunReport): Markup {
  if (tests.length === 0) return NOTHING;
  const failed = tests.filter(isFailed);
  const skipped = tests.filter(({ outcome }) => outcome === "skipped");
  return markup`<section id="tests" aria-labelledby="tests-title"><h2 id="tests-title">Tests <span class="count">${testCounts(tests)}</span></h2>
${failedTests(failed)}${skippedTests(skipped)}</section>`;
}

function failedTests(failed: readonly TestReport[]): Markup {
  if (failed.length === 0) return NOTHING;
  return markup`<ol class="tests">${failed.map((test, index) => failedTest(test, index < FEW))}</ol>`;
}

/** Whether a test decides for the worse. */
function isFailed({ outcome }: TestReport): boolean {
  return outcome === "failed" || outcome === "error";
}

/** `184 passed, 1 failed`. */
export function testCounts(tests: readonly TestReport[]): string {
  const outcomes = ["failed", "error", "passed", "skipped", "xfailed", "xpassed"] as const;
  return outcomes
    .map((outcome) => [tests.filter((test) => test.outcome === outcome).length, outcome] as const)
    .flatMap(([amount, outcome]) =>
      amount === 0 ? [] : [outcome === "error" ? count(amount, "error") : `${String(amount)} ${outcome}`],
    )
    .join(", ");
}

function failedTest({ id, message, file, line, repro, task }: TestReport, open: boolean): Markup {
  const [first = "", ...more] = manyLines(message ?? "");
  const place =
    file === null ? NOTHING : markup`<div><dt>at</dt><dd>${file}${line === null ? "" : `:${String(line)}`}</dd></div>`;
  const command =
    repro === null ? NOTHING : markup`<div><dt>repro</dt><dd><code class="copy">${repro}</code></dd></div>`;
  return markup`<li class="is-error"><details${openIf(open)}><summary><span class="id">${id}</span><span class="msg">${first}</span></summary>${linesMarkup(more)}<dl>${command}${place}<div><dt>task</dt><dd>${task}</dd></div></dl></details></li>
`;
}

function skippedTests(tests: readonly TestReport[]): Markup {
  if (tests.length === 0 || tests.length > MOST_QUIET) return NOTHING;
  const rows = tests.map(({ id, message }) => markup`<li><span class="id">${id}</span> ${message ?? ""}</li>`);
  return markup`<details class="group"><summary>${count(tests.length, "skipped test")}</summary><ul class="quiet">${rows}</ul></details>`;
}
