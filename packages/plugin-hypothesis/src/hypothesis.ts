import { isInside, relativeTo, type Command, type CommandContext, type Inputs } from "@symbiotic-build/engine";
import { seenFrom, type Validator } from "@symbiotic-build/validator";
import type { HypothesisFacts } from "./facts.ts";
import type { HypothesisOptions } from "./options.ts";
import { PROGRAM } from "./program.ts";
import { readReport } from "./report.ts";

/** Runs a project's property tests. */
export const hypothesis: Validator<HypothesisOptions, HypothesisFacts> = {
  tool: "hypothesis",
  atom: "run_hypothesis",
  alias: "hypothesis",
  title: "hypothesis",
  describe: "Run the property tests of hypothesis with a profile and a seed",
  lane: "behaviour",
  applies: ({ facts }) => facts.isUsed && facts.hasPython,
  // No `install`: tests run in the project's own environment or not at all.
  tools: () => [
    {
      name: "hypothesis",
      kind: "python-module",
      module: "pytest",
      distribution: "hypothesis",
      detects: ["pytest-cov", "pytest-xdist"],
    },
  ],
  inputs,
  scratch: [".hypothesis"],
  command,
  finished: [0, 1, 2, 5],
  report: (result, { project }) => readReport(result, project.root),
  gate: {
    id: "hypothesis_clean",
    title: "hypothesis clean",
    describe: "No property test fails, and none is falsified",
    required: ({ facts }) => facts.isUsed,
  },
};

/** What tests and other tools leave, and what no test depends on. */
const NEVER = [
  ...["__pycache__", ".hypothesis", ".pytest_cache", ".mypy_cache", ".ruff_cache"].map((name) => `**/${name}/**`),
  ...[".coverage", ".coverage.*", "htmlcov/**"],
  ...["uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", ".github/**", ".gitlab/**", ".circleci/**"],
  ...["LICENSE*", "LICENCE*", "CHANGELOG*", "CHANGES*", "*.md", "*.rst", "docs/**"],
].map((glob) => `!${glob}`);

/** Any other file may be read by a test, and the sources of every project that this one depends on. */
function inputs(): Inputs {
  return {
    files: ["**/*", ...NEVER],
    upstreamFiles: ["**/*", ...NEVER, "!tests/**", "!test/**"],
    configs: [
      "pytest.toml",
      ".pytest.toml",
      "pytest.ini",
      ".pytest.ini",
      "pyproject.toml",
      "tox.ini",
      "setup.cfg",
      "conftest.py",
    ],
    variables: ["PYTHON*", "PYTEST_*", "HYPOTHESIS_*", "CI", "TZ"],
    platform: true,
  };
}

function command(context: CommandContext<HypothesisOptions, HypothesisFacts>): Command {
  const { tool, options, project, out } = context;
  const [python, ...rest] = tool.argv;
  const before = rest.slice(0, Math.max(0, rest.indexOf("-m")));
  return {
    argv: [
      ...([python, ...before, "-c", PROGRAM, seenFrom(project.root, out), String(options.maxExamples ?? 0)] as const),
      ...options.args,
      ...["-m", "hypothesis", `--hypothesis-seed=${String(options.seed)}`],
      ...(options.profile === undefined ? [] : [`--hypothesis-profile=${options.profile}`]),
      "--color=no",
      // The gate about coverage has other evidence, and one process has all tests in one order.
      ...(tool.detected.includes("pytest-cov") ? ["--no-cov"] : []),
      ...(tool.detected.includes("pytest-xdist") ? ["-n0"] : []),
      ...project.nested
        .filter((folder) => isInside(project.root, folder))
        .map((folder) => `--ignore=${relativeTo(project.root, folder)}`),
    ],
    env: { PYTHONDONTWRITEBYTECODE: "1" },
    stdout: "data",
  };
}
