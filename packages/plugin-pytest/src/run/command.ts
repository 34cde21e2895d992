import { joinRepo, relativeTo, type Command, type CommandContext, type RepoPath } from "@symbiotic-build/engine";
import type { PytestFacts } from "../inspect/facts.ts";
import type { PytestOptions } from "../options.ts";
import { PROGRAM, RECORDER_FILES } from "../recorder/program.ts";

type PytestContext = CommandContext<PytestOptions, PytestFacts>;

/** What pytest-cov's distribution is called; coverage is measured where it is installed. */
export const PYTEST_COV = "pytest-cov";

/** Reports that would otherwise land in the work tree, and what they are called in the task's folder. */
const REDIRECTED: Readonly<Record<string, string>> = {
  html: "htmlcov",
  lcov: "coverage.lcov",
  annotate: "annotated",
  markdown: "coverage.md",
  "markdown-append": "coverage-appended.md",
};

/** The process: pytest in the project's folder, with everything that it makes in the task's own. */
export function command(context: PytestContext): Command {
  const { options, project } = context;
  const out = upFrom(project.root) + context.out;
  return {
    argv: [
      ...program(context, out),
      ...options.args,
      "--color=no",
      `--junitxml=${out}/junit.xml`,
      "-o",
      "junit_family=xunit1",
      ...cacheArguments(context),
      ...project.nested.flatMap((folder) => ignored(relativeTo(project.root, folder))),
      ...(measuresCoverage(context) ? coverageArguments(context.facts, out) : []),
      ...options.testPaths,
    ],
    env: { COVERAGE_FILE: `${out}/.coverage`, PYTHONDONTWRITEBYTECODE: "1" },
    files: RECORDER_FILES,
  };
}

/** Whether this run measures coverage: asked for, not switched off, and pytest-cov is there to do it. */
export function measuresCoverage({ options, facts, tool }: PytestContext): boolean {
  return options.coverage && !facts.coverageBlocked && tool.detected.includes(PYTEST_COV);
}

function program({ tool, options, project }: PytestContext, out: string): [string, ...string[]] {
  const [python, ...rest] = tool.argv;
  const at = rest.indexOf("-m");
  // A pytest that is not started as a module has no place for the reporter; its JUnit file is read instead.
  return at < 0
    ? [python, ...rest]
    : [python, ...rest.slice(0, at), "-c", PROGRAM, out, upFrom(project.root) || ".", options.granularity];
}

/** The folder itself is not entered; where the repository's `testpaths` begin below it, its files are left out one by one. */
function ignored(folder: string): readonly string[] {
  return [`--ignore=${folder}`, `--ignore-glob=${folder.replace(/[*?[]/g, "[$&]")}/*`];
}

function coverageArguments(facts: PytestFacts, out: string): readonly string[] {
  const measured =
    facts.coverageSource.length > 0 ? facts.coverageSource.map((source) => `--cov=${source}`) : ["--cov"];
  const redirected = facts.coverageReports.flatMap((kind) =>
    Object.hasOwn(REDIRECTED, kind) ? [`${kind}:${out}/${String(REDIRECTED[kind])}`] : [],
  );
  return [
    ...(facts.addoptsHasCov ? [] : measured),
    ...["", `json:${out}/coverage.json`, `xml:${out}/coverage.xml`, ...redirected].map(
      (report) => `--cov-report=${report}`,
    ),
    // The gate decides about coverage: pytest's exit code tells of tests only.
    "--cov-fail-under=0",
  ];
}

/** Projects that share a folder of settings would else share a cache there, outside of what is theirs. */
function cacheArguments({ facts, project }: PytestContext): readonly string[] {
  if (facts.ownsCache || facts.rootdir === project.root) return [];
  return ["-o", `cache_dir=${joinRepo(relativeTo(facts.rootdir, project.root), ".pytest_cache")}`];
}

/** The way from a folder up to the repository root: empty, or `../` once a level. */
export function upFrom(folder: RepoPath): string {
  return folder === "." ? "" : "../".repeat(folder.split("/").length);
}
