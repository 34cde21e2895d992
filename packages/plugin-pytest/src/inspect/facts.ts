import type { RepoPath } from "@symbiotic-build/engine";

// A type and not an interface: only so is it JSON to the compiler.
/** What the plugin knows of a project before it runs anything: from its settings and the names of its files. */
export type PytestFacts = {
  /** There are files that pytest would collect. */
  readonly hasTests: boolean;
  /** Some of them lie in a folder named for tests. */
  readonly hasTestFolder: boolean;
  /** The repository names pytest: in settings, or among what it requires. */
  readonly pytestConfigured: boolean;
  /** The file with the settings that pytest will use. */
  readonly configFile: RepoPath | null;
  /** The folder to which pytest's own node ids are relative. */
  readonly rootdir: RepoPath;
  /** Folders outside the project's own from which pytest makes modules importable. */
  readonly pythonPath: readonly RepoPath[];
  /** What is collected, relative to the project, from the options or the settings, without what lies in nested projects; everything where it is empty. */
  readonly testPaths: readonly string[];
  /** The settings name a folder for pytest's cache, or switch the cache off. */
  readonly ownsCache: boolean;
  /** Texts in the documentation are or may be tests. */
  readonly docsAreTests: boolean;
  /** Modules in the documentation, such as the configuration of Sphinx, are imported for their doctests. */
  readonly docsAreCollected: boolean;
  readonly junitConfigured: boolean;
  readonly coverageConfigured: boolean;
  /** The repository's own demand, in per cent. */
  readonly failUnder: number | null;
  /** Digits after the point with which coverage.py compares. */
  readonly precision: number;
  /** Coverage is switched off by the repository or the options. */
  readonly coverageBlocked: boolean;
  /** `--cov` is already among the arguments. */
  readonly addoptsHasCov: boolean;
  /** Kinds of coverage report that are already asked for. */
  readonly coverageReports: readonly string[];
  /** What `--cov` is to name; empty where the settings say it. */
  readonly coverageSource: readonly string[];
};
