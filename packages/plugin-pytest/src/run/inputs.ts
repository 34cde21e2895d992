import { isInside, joinRepo, relativeTo, type Context, type Inputs, type Project } from "@symbiotic-build/engine";
import { COVERAGE_FILES } from "../config/coverage-config.ts";
import { fromFolder } from "../config/from-folder.ts";
import { PYTEST_FILES } from "../config/pytest-config.ts";
import type { PytestFacts } from "../inspect/facts.ts";
import type { PytestOptions } from "../options.ts";

type PytestContext = Context<PytestOptions, PytestFacts>;

/** Files that pytest and what it loads keep between runs. */
export const SCRATCH: readonly string[] = [".pytest_cache", ".hypothesis", ".benchmarks", ".coverage", "htmlcov"];

/** Any file may be read by a test. */
const ANY = "**/*";

/** What tests make, and what no test depends on. */
const NEVER = [
  ...SCRATCH.flatMap((path) => [path, `${path}/**`]),
  ".coverage.*",
  "coverage.xml",
  "coverage.json",
  "**/__pycache__/**",
  ...["uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"],
  ...[".github/**", ".gitlab/**", ".circleci/**", ".devcontainer/**", ".vscode/**", ".idea/**", ".changelog/**"],
  ...[".gitignore", ".gitattributes", ".git-blame-ignore-revs", ".gitlab-ci.yml", ".editorconfig", ".mailmap"],
  ...[".pre-commit-config.yaml", ".readthedocs.y*ml", "mkdocs.y*ml", "symbiotic.config.*"],
  ...["LICENSE*", "LICENCE*", "COPYING*", "NOTICE*", "AUTHORS*", "CHANGES*", "CHANGELOG*", "HISTORY*", "CONTRIBUTING*"],
];

/** Documentation. Below the project's other folders a text may be a package's data or a test's. */
const DOCS = ["*.md", "*.rst", "docs/**", "doc/**"];

/** Documentation without the modules in it. */
const DOC_TEXTS = ["*.md", "*.rst", ...["docs", "doc"].map((folder) => `${folder}/**/*.{md,rst,txt}`)];

/** An upstream project's own tests, which nobody imports. */
const TESTS = ["tests/**", "test/**"];

/** Everything that a test run depends on. */
export function inputs(context: PytestContext): Inputs {
  const { docsAreTests, docsAreCollected } = context.facts;
  const docs = docsAreTests ? [] : docsAreCollected ? DOC_TEXTS : DOCS;
  return {
    files: [ANY, ...without([...NEVER, ...docs])],
    upstreamFiles: [ANY, ...without([...NEVER, ...DOCS, ...TESTS])],
    configs: [...new Set([...PYTEST_FILES, ...COVERAGE_FILES, "conftest.py"])],
    repositoryFiles: [...namedFiles(context), ...importable(context), ...nestedData(context.project)],
    variables: ["PYTHON*", "PYTEST_*", "COV*", "CI", "TZ"],
    platform: true,
  };
}

function without(globs: readonly string[]): readonly string[] {
  return globs.map((glob) => `!${glob}`);
}

/** What the options and settings name counts, though it be left out above. */
function namedFiles({ options, facts, project }: PytestContext): readonly string[] {
  const paths = [...options.testPaths, ...facts.testPaths].map((path) =>
    path.replace(/::.*$/s, "").replace(/\/+$/, ""),
  );
  const below = paths.filter((path) => path !== "." && path !== "").flatMap((path) => [path, `${path}/**`]);
  return [...new Set([...options.data, ...below])].flatMap((glob) => {
    const path = fromFolder(project.root, glob);
    return path === undefined || path === "." ? [] : [path];
  });
}

/** Of a folder that holds the project itself only what can be imported counts, else nearly every file would. */
function importable({ facts, project }: PytestContext): readonly string[] {
  return facts.pythonPath.map((folder) => joinRepo(folder, isInside(folder, project.root) ? "**/*.py" : "**"));
}

/** Projects inside of a folder of tests are what the tests are about. */
function nestedData(project: Project): readonly string[] {
  const inside = project.nested.filter((folder) => /(^|\/)(tests?|testing)\//.test(relativeTo(project.root, folder)));
  return inside.map((folder) => `${folder}/**`);
}
