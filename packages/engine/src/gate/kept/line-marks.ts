import type { ChangedText, Weakening, WeakeningRule } from "./changed-text.ts";
import { isTestFile } from "./test-file.ts";

/** What in a line asks for less, and in which files it is looked for. */
interface Mark {
  readonly rule: WeakeningRule;
  /** Named by its first group, where it has one. */
  readonly pattern: RegExp;
  readonly files: RegExp;
  readonly onlyInTests?: true;
  readonly says: (found: string) => string;
}

const PYTHON = /\.pyi?$/;
const SCRIPT = /\.[cm]?[jt]sx?$|\.vue$|\.svelte$/;
const ANY =
  /\.(pyi?|[cm]?[jt]sx?|vue|svelte|css|scss|html|md|ya?ml|sql|go|rs|java|rb|sh|tf|json|toml|cfg|ini|env)$|(^|\/)Dockerfile$/;

const suppression = (pattern: RegExp, files: RegExp): Mark => ({
  ...{ rule: "new-suppression", pattern, files },
  says: (found) => `a new suppression: ${found}`,
});

/** The suppressions of the tools that have plugins here, and of those that stand beside them. */
const MARKS: readonly Mark[] = [
  suppression(/#\s*((?:ruff:\s*|flake8:\s*)?noqa\b(?::\s*[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*)?)/i, PYTHON),
  suppression(/#\s*(type:\s*ignore(?:\[[^\]]*\])?)/, PYTHON),
  suppression(/#\s*(mypy:\s*[\w-]+.*)/, PYTHON),
  suppression(/#\s*(pyright:\s*\S.*)/, PYTHON),
  suppression(/#\s*(nosec\b(?:[:\s]+B\d+(?:[,\s]+B\d+)*)?)/i, PYTHON),
  suppression(/#\s*(pragma:\s*no\s*(?:cover|branch))/i, PYTHON),
  suppression(/#\s*(pylint:\s*(?:disable|skip-file)\S*)/, PYTHON),
  suppression(/#\s*(fmt:\s*(?:off|skip)|yapf:\s*disable|isort:\s*(?:skip|skip_file|off))/, PYTHON),
  suppression(/((?:eslint|oxlint|biome)-(?:disable|ignore)(?:-next-line|-line)?)/, SCRIPT),
  suppression(/(@ts-(?:ignore|expect-error|nocheck))/, SCRIPT),
  suppression(/((?:istanbul|c8|v8)\s+ignore\b)/, SCRIPT),
  suppression(/(prettier-ignore)/, ANY),
  suppression(/(nosemgrep)/, ANY),
  suppression(/(gitleaks:allow)/, ANY),
  {
    rule: "skipped-test",
    pattern:
      /(pytest\.mark\.(?:skip|skipif|xfail)|pytest\.(?:skip|xfail|importorskip)\(|unittest\.(?:skip\w*|expectedFailure)|@skip(?:If|Unless)?\b|self\.skipTest\(|__test__\s*=\s*False)/,
    files: PYTHON,
    says: (found) => `a test is skipped or expected to fail: ${found}`,
  },
  {
    rule: "skipped-test",
    pattern:
      /\b((?:it|test|describe)\.(?:skip|only|todo|fails|skipIf|runIf)|x(?:it|test|describe)|f(?:it|describe))\b\s*[.(]/,
    files: SCRIPT,
    onlyInTests: true,
    says: (found) => `tests are left out: ${found}`,
  },
  {
    rule: "changed-collection",
    pattern:
      /\b(collect_ignore(?:_glob)?|pytest_(?:collection_modifyitems|ignore_collect|collect_file|pycollect_makeitem|pyfunc_call|runtest_\w+|report_\w+|sessionfinish|unconfigure|load_initial_conftests|cmdline_\w+|deselected)|os\._exit)\b/,
    files: PYTHON,
    onlyInTests: true,
    says: (found) => `a hook decides which tests run, or what of them is told: ${found}`,
  },
];

/** Whether a file of this name can hold marks. */
export function mayHaveMarks(path: string): boolean {
  return ANY.test(path);
}

/** The marks that a file has more often than before: of those as many as there are more, the last ones. */
export function newMarks({ path, before, after }: ChangedText): Weakening[] {
  if (after === undefined) return [];
  return MARKS.flatMap((mark) => {
    if (!mark.files.test(path) || (mark.onlyInTests === true && !isTestFile(path))) return [];
    const had = countsOf(marksIn(before ?? "", mark));
    const seen = new Map<string, number>();
    return marksIn(after, mark).flatMap(({ found, line }): Weakening[] => {
      const count = (seen.get(found) ?? 0) + 1;
      seen.set(found, count);
      return count > (had.get(found) ?? 0) ? [{ rule: mark.rule, message: mark.says(found), file: path, line }] : [];
    });
  });
}

interface Marked {
  readonly found: string;
  readonly line: number;
}

function marksIn(text: string, { pattern }: Mark): Marked[] {
  return text.split("\n").flatMap((line, at) => {
    const found = pattern.exec(line)?.[1];
    return found === undefined ? [] : [{ found: found.trim().replace(/\s+/g, " ").slice(0, 80), line: at + 1 }];
  });
}

function countsOf(marks: readonly Marked[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { found } of marks) counts.set(found, (counts.get(found) ?? 0) + 1);
  return counts;
}
