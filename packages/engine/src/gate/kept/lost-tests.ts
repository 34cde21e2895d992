import type { ChangedText, Weakening } from "./changed-text.ts";
import { isTestFile } from "./test-file.ts";

const PYTHON_TEST = /^[ \t]*(?:async[ \t]+)?def[ \t]+(test\w*)[ \t]*\(/gm;
const SCRIPT_TEST = /\b(?:it|test)(?:\.\w+)*\(\s*(["'`])((?:\\.|(?!\1).)+)\1/g;
const ASSERTION = /\bassert\b|\bself\.assert\w+\(|\bpytest\.(?:raises|warns)\(|\bexpect\(/g;

/** Tests that a change takes away; one that went to another file of the change is still there. */
export function removedTests(changes: readonly ChangedText[]): Weakening[] {
  const files = changes.filter(({ path }) => isTestFile(path));
  const left = new Map<string, number>();
  for (const { path, after } of files)
    for (const name of testsIn(path, after ?? "")) left.set(name, (left.get(name) ?? 0) + 1);
  return files.flatMap(({ path, before, after }) =>
    testsIn(path, before ?? "").flatMap((name): Weakening[] => {
      const count = left.get(name) ?? 0;
      left.set(name, count - 1);
      const gone = after === undefined ? ", with its file" : "";
      return count > 0 ? [] : [{ rule: "removed-test", message: `the test ${name} is gone${gone}`, file: path }];
    }),
  );
}

/** Test files of a change that assert less in all than before; each is named that has fewer than it had. */
export function lostAssertions(changes: readonly ChangedText[]): Weakening[] {
  const files = changes
    .filter(({ path, after }) => isTestFile(path) && after !== undefined)
    .map(({ path, before, after }) => ({ path, before: assertionsIn(before), after: assertionsIn(after) }));
  const [was, is] = [sum(files.map(({ before }) => before)), sum(files.map(({ after }) => after))];
  if (is >= was) return [];
  return files.flatMap(({ path, before, after }): Weakening[] =>
    after < before
      ? [
          {
            rule: "fewer-assertions",
            message: `${String(after)} assertions where there were ${String(before)}`,
            file: path,
          },
        ]
      : [],
  );
}

function testsIn(path: string, text: string): string[] {
  if (path.endsWith(".py")) return [...text.matchAll(PYTHON_TEST)].map(([, name = ""]) => name);
  return [...text.matchAll(SCRIPT_TEST)].map(([, , name = ""]) => name.slice(0, 120));
}

function assertionsIn(text: string | undefined): number {
  return text === undefined ? 0 : [...text.matchAll(ASSERTION)].length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
