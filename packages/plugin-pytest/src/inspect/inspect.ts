import {
  fail,
  ok,
  parentOf,
  relativeTo,
  type Diagnostic,
  type Inspect,
  type Project,
  type RepoPath,
  type Result,
  type SourceText,
} from "@symbiotic-build/engine";
import { readArguments, type GivenArguments } from "../config/arguments.ts";
import { COVERAGE_FILES, findCoverageConfig, type CoverageConfig } from "../config/coverage-config.ts";
import { findPytestConfig, PYTEST_FILES, type PytestConfig } from "../config/pytest-config.ts";
import { REQUIREMENT_FILES, requiresPytest } from "../config/requires-pytest.ts";
import { nameOf, settingsFiles } from "../config/settings-file.ts";
import { wordsOf } from "../config/words.ts";
import type { PytestOptions } from "../options.ts";
import type { PytestFacts } from "./facts.ts";
import { isBelow, leadsInto } from "./patterns.ts";
import { pythonPathOf } from "./python-path.ts";
import { sourceHint } from "./source-hint.ts";
import {
  DEFAULT_PYTHON_FILES,
  DEFAULT_SKIPPED_FOLDERS,
  hasTestFolder,
  testFilesOf,
  type CollectionRules,
} from "./test-files.ts";

/** Everything from which the facts follow. */
interface Seen {
  readonly project: Project;
  readonly texts: readonly SourceText[];
  readonly paths: readonly RepoPath[];
  readonly options: PytestOptions;
}

interface Settings {
  readonly pytest: PytestConfig | undefined;
  readonly coverage: CoverageConfig | undefined;
  readonly given: GivenArguments;
  readonly testPaths: readonly string[];
  readonly required: boolean;
}

/** Reads the settings of pytest and coverage.py, and which files are tests. */
export const inspect: Inspect<PytestOptions, PytestFacts> = {
  texts: [...new Set([...PYTEST_FILES, ...COVERAGE_FILES, ...REQUIREMENT_FILES])],
  paths: ["**/*.py"],
  facts: (seen) => factsOf(seen),
};

function factsOf(seen: Seen): Result<PytestFacts, readonly Diagnostic[]> {
  const settings = settingsOf(seen);
  if (!settings.ok) return settings;
  const files = seen.paths.map((path) => relativeTo(seen.project.root, path));
  return ok({ ...testFacts(seen, settings.value, files), ...coverageFacts(settings.value, files) });
}

function settingsOf(seen: Seen): Result<Settings, readonly Diagnostic[]> {
  const files = settingsFiles(seen.texts);
  const [pytest, coverage] = [findPytestConfig(files), findCoverageConfig(files, seen.project.root)];
  if (!pytest.ok || !coverage.ok) return fail(errorsOf(pytest, coverage));
  const addopts = wordsOf(pytest.value?.settings["addopts"]);
  return ok({
    pytest: pytest.value,
    coverage: coverage.value,
    given: readArguments([...addopts, ...seen.options.args]),
    testPaths: testPathsOf(seen, pytest.value),
    required: requiresPytest(files),
  });
}

function errorsOf(...results: readonly Result<unknown, Diagnostic>[]): readonly Diagnostic[] {
  const errors = results.flatMap((result) => (result.ok ? [] : [result.error]));
  return errors.filter(
    (error, index) => errors.findIndex((one) => one.location?.file === error.location?.file) === index,
  );
}

function testPathsOf(seen: Seen, config: PytestConfig | undefined): readonly string[] {
  if (seen.options.testPaths.length > 0) return seen.options.testPaths;
  // pytest heeds `testpaths` only where it starts in the folder of the file that has them.
  return config?.folder === seen.project.root ? wordsOf(config.settings["testpaths"]) : [];
}

/** Those that do not lead into nested projects, which have tasks of their own. */
function ownTestPaths({ project }: Seen, testPaths: readonly string[], files: readonly string[]): readonly string[] {
  const nested = project.nested.map((folder) => relativeTo(project.root, folder));
  return testPaths.filter(
    (glob) => files.some((file) => isBelow(file, glob)) || !nested.some((folder) => leadsInto(glob, folder)),
  );
}

function testFacts(
  seen: Seen,
  { pytest, given, required, ...settings }: Settings,
  files: readonly string[],
): TestFacts {
  const testPaths = ownTestPaths(seen, settings.testPaths, files);
  const rules: CollectionRules = {
    pythonFiles: orDefault(wordsOf(pytest?.settings["python_files"]), DEFAULT_PYTHON_FILES),
    testPaths,
    skippedFolders: orDefault(wordsOf(pytest?.settings["norecursedirs"]), DEFAULT_SKIPPED_FOLDERS),
    allModules: given.doctestModules,
  };
  const allElsewhere = settings.testPaths.length > 0 && testPaths.length === 0;
  const found = allElsewhere ? [] : testFilesOf(files, rules);
  const docs = found.filter(isInDocs);
  return {
    hasTests: found.length > 0,
    hasTestFolder: hasTestFolder(found),
    pytestConfigured: pytest !== undefined || required,
    configFile: pytest?.file ?? null,
    rootdir: pytest?.folder ?? nearestPyproject(seen.texts) ?? seen.project.root,
    pythonPath: pythonPathOf(seen.project, pytest),
    testPaths,
    ownsCache: pytest?.settings["cache_dir"] !== undefined || given.blocksCache,
    docsAreTests:
      given.doctestTexts ||
      testFilesOf(docs, { ...rules, allModules: false }).length > 0 ||
      files.some((file) => isInDocs(file) && file.endsWith("/conftest.py")),
    docsAreCollected: docs.length > 0,
    junitConfigured: given.junit,
  };
}

type CoverageFact = `coverage${string}` | "failUnder" | "precision" | "addoptsHasCov";
type CoverageFacts = Pick<PytestFacts, Extract<keyof PytestFacts, CoverageFact>>;
type TestFacts = Omit<PytestFacts, keyof CoverageFacts>;

function coverageFacts({ coverage, given }: Settings, files: readonly string[]): CoverageFacts {
  const isSaid = given.measures || given.namesConfig || coverage?.namesSource === true;
  return {
    coverageConfigured: coverage !== undefined || given.measures,
    failUnder: given.failUnder ?? coverage?.failUnder ?? null,
    precision: coverage?.precision ?? 0,
    coverageBlocked: given.blocksCoverage,
    addoptsHasCov: given.measures,
    coverageReports: given.reports,
    coverageSource: isSaid ? [] : sourceHint(files),
  };
}

function nearestPyproject(texts: readonly SourceText[]): RepoPath | undefined {
  const file = texts.find(({ path }) => nameOf(path) === "pyproject.toml");
  return file && parentOf(file.path);
}

function orDefault(words: readonly string[], usual: readonly string[]): readonly string[] {
  return words.length > 0 ? words : usual;
}

function isInDocs(file: string): boolean {
  return /^docs?\//.test(file);
}
