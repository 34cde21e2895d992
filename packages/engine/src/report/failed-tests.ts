import { byCodeUnit } from "../core/json.ts";
import { formatLocation } from "./diagnostic.ts";
import { type Entry, entryLines } from "./entry.ts";
import { messageRest } from "./findings.ts";
import type { Look } from "./look.ts";
import { isFailedTest, type RunView, type TestView } from "./run-view.ts";
import { manyLines, oneLine } from "./sanitise.ts";

/** The tests that failed, by task and name: the same list whatever the order of the events was. */
export function failedTests(view: RunView): TestView[] {
  const failed = view.tests.filter(({ test }) => isFailedTest(test));
  return failed.sort((a, b) => byCodeUnit(a.task, b.task) || byCodeUnit(a.test.id, b.test.id));
}

/** Each failed test with its message, its place, and the command that runs just it. */
export function failedTestLines(tests: readonly TestView[], view: RunView, look: Look): string[] {
  return entryLines(
    tests.map((test) => testEntry(test, view, look)),
    look,
  );
}

function testEntry({ task, test }: TestView, view: RunView, look: Look): Entry {
  const [message = "", ...more] = manyLines(test.message ?? "");
  const name = oneLine(test.id);
  const said = message === "" ? "" : `  ${message}`;
  const place =
    test.file === undefined || test.line === undefined
      ? undefined
      : formatLocation({ file: test.file, line: test.line });
  return {
    plain: `${name}${said}`,
    text: `${look.style.bold(name)}${said}`,
    label: oneLine(view.task(task).title),
    below: [
      ...messageRest(more),
      ...(place === undefined ? [] : [`   ${look.style.dim("at")} ${place}`]),
      ...(test.repro === undefined ? [] : [`   ${look.style.dim("repro:")} ${oneLine(test.repro)}`]),
    ],
  };
}
