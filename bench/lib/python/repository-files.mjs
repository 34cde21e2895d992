import { PNPM } from "../versions.mjs";

/** @typedef {import("./plan.mjs").Unit} Unit */

/** The folder, from the root, that holds all projects. */
export const UNITS = "libs";

/** The file, at the root, with the tools that are put into the shared environment. */
export const REQUIREMENTS = "requirements-dev.txt";

const TOOLS = ["ruff==0.17.5", "pytest==9.2.0", "pytest-cov==7.1.0"];

/** What pytest is told, by Symbiotic as by the script for Turborepo. */
const PYTEST = [
  "--color=no",
  "--junitxml=.out/junit.xml",
  "-o junit_family=xunit1",
  "--cov=src",
  "--cov-report=",
  "--cov-report=json:.out/coverage.json",
  "--cov-report=xml:.out/coverage.xml",
  "--cov-fail-under=0",
].join(" ");

/**
 * The files at the root of the generated repository.
 * @returns {Map<string, string>}
 */
export function rootFiles() {
  return new Map([
    [
      ".gitignore",
      [".venv/", ".turbo/", ".out/", "node_modules/", "__pycache__/", ".pytest_cache/", ".ruff_cache/", ""].join("\n"),
    ],
    [REQUIREMENTS, `${TOOLS.join("\n")}\n`],
    ["pyproject.toml", ROOT_PYPROJECT],
    ["package.json", json({ name: "bench", private: true, packageManager: `pnpm@${PNPM}` })],
    ["pnpm-workspace.yaml", `packages:\n  - ${UNITS}/*\nverifyDepsBeforeRun: false\npmOnFail: ignore\n`],
    ["turbo.json", json(TURBO)],
  ]);
}

const ROOT_PYPROJECT = `[dependency-groups]
dev = [${TOOLS.map((tool) => `"${tool}"`).join(", ")}]

[tool.uv.workspace]
members = ["${UNITS}/*"]

[tool.ruff]
line-length = 100
target-version = "py311"

[tool.ruff.lint]
select = ["B", "E", "F", "I", "UP"]

[tool.pytest.ini_options]
addopts = "-q"
`;

/** What a task depends on, as near to what Symbiotic puts into its keys as turbo.json can say it. */
const TURBO = {
  $schema: "https://turborepo.com/schema.json",
  globalDependencies: ["pyproject.toml", REQUIREMENTS],
  tasks: {
    // Runs nothing: by it the sources of all libraries below are in the key of a test.
    sources: { dependsOn: ["^sources"], inputs: ["src/**", "pyproject.toml"] },
    lint: { inputs: ["**/*.py", "pyproject.toml"], env: ["RUFF_*"] },
    format: { inputs: ["**/*.py", "pyproject.toml"], env: ["RUFF_*"] },
    test: {
      dependsOn: ["sources"],
      inputs: ["src/**", "tests/**", "pyproject.toml"],
      outputs: [".out/**"],
      env: ["PYTHON*", "PYTEST_*", "COV*", "CI", "TZ"],
    },
  },
};

/**
 * The manifests of a project, by their path inside of it.
 * @param {Unit} unit
 * @returns {Map<string, string>}
 */
export function manifests(unit) {
  return new Map([
    ["pyproject.toml", pyproject(unit)],
    ["package.json", packageJson(unit)],
  ]);
}

/** @param {Unit} unit */
function pyproject({ name, dependsOn }) {
  const requirements = dependsOn.map((one) => `"${one.name}"`).join(", ");
  const sources = dependsOn.map((one) => `${one.name} = { workspace = true }\n`).join("");
  return `[project]
name = "${name}"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = [${requirements}]

[build-system]
requires = ["uv_build"]
build-backend = "uv_build"
${sources === "" ? "" : `\n[tool.uv.sources]\n${sources}`}`;
}

/** @param {Unit} unit */
function packageJson({ name, dependsOn }) {
  const bin = "../../.venv/bin";
  return json({
    name,
    version: "0.1.0",
    private: true,
    scripts: {
      lint: `${bin}/ruff check . --output-format json --no-fix --no-fix-only`,
      format: `RUFF_OUTPUT_FORMAT=json ${bin}/ruff format --check .`,
      test: `COVERAGE_FILE=.out/.coverage PYTHONDONTWRITEBYTECODE=1 ${bin}/python -m pytest ${PYTEST} -o cache_dir=${UNITS}/${name}/.pytest_cache`,
    },
    dependencies: Object.fromEntries(dependsOn.map((one) => [one.name, "workspace:*"])),
  });
}

/** @param {unknown} value */
function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
