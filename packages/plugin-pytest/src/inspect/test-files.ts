import { isBelow, matchesName } from "./patterns.ts";

/** How pytest tells tests from other files. */
export interface CollectionRules {
  /** Patterns of file names, or of paths where they hold a `/`. */
  readonly pythonFiles: readonly string[];
  /** Folders to look in; everywhere where it is empty. */
  readonly testPaths: readonly string[];
  /** Patterns of folders that are not entered. */
  readonly skippedFolders: readonly string[];
  /** Every module is collected, for its doctests. */
  readonly allModules: boolean;
}

/** pytest's own values of the settings that a repository leaves alone. */
export const DEFAULT_PYTHON_FILES: readonly string[] = ["test_*.py", "*_test.py"];

/** The folders that pytest does not enter of itself. */
export const DEFAULT_SKIPPED_FOLDERS: readonly string[] = [
  "*.egg",
  ".*",
  "_darcs",
  "build",
  "CVS",
  "dist",
  "node_modules",
  "venv",
  "{arch}",
];

/** The test files among a project's Python files, given and returned relative to the project. */
export function testFilesOf(files: readonly string[], rules: CollectionRules): readonly string[] {
  const inPaths = files.filter((file) => rules.testPaths.some((glob) => isBelow(file, glob)));
  // pytest looks everywhere when its `testpaths` lead to nothing.
  const candidates = inPaths.length > 0 ? inPaths : files;
  return candidates.filter((file) => !isSkipped(file, rules) && (rules.allModules || isTestFile(file, rules)));
}

function isTestFile(file: string, rules: CollectionRules): boolean {
  if (rules.testPaths.includes(file)) return true;
  const name = file.slice(file.lastIndexOf("/") + 1);
  return rules.pythonFiles.some((pattern) =>
    pattern.includes("/") ? matchesName(`/${file}`, `*/${pattern}`) : matchesName(name, pattern),
  );
}

function isSkipped(file: string, rules: CollectionRules): boolean {
  const folders = file.split("/").slice(0, -1);
  return folders.some((folder) => rules.skippedFolders.some((pattern) => matchesName(folder, pattern)));
}

/** Whether one of the test files lies in a folder that is named for tests. */
export function hasTestFolder(testFiles: readonly string[]): boolean {
  return testFiles.some((file) => /(^|\/)(tests?|testing)\//.test(file));
}
