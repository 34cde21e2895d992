import type { OnDemandPlugin } from "@symbiotic-build/engine/cli";

/** What is known of a validator's plugin without loading it. */
type Known = Pick<OnDemandPlugin, "offers"> & Partial<Pick<OnDemandPlugin, "files" | "mentions">>;

/** That a pre-commit configuration names one of these hooks. */
function hook(...ids: readonly string[]): RegExp {
  return new RegExp(`\\bid:\\s*["']?(?:${ids.join("|")})["'\\s,}]`);
}

const PRE_COMMIT = ".pre-commit-config.yaml";

const VALIDATORS: Readonly<Record<string, Known>> = {
  bandit: {
    offers: ["run_bandit", "bandit", "bandit_clean"],
    files: [".bandit"],
    mentions: { "pyproject.toml": /^\[tool\.bandit/m, [PRE_COMMIT]: hook("bandit") },
  },
  black: {
    offers: ["run_black_check", "black", "black_clean", "fix_black", "black-fix"],
    mentions: { "pyproject.toml": /^\[tool\.black/m, [PRE_COMMIT]: hook("black", "black-jupyter") },
  },
  // Asked for by its gate: where a configuration says something of it, or the command line names it.
  complexity: { offers: ["measure_complexity", "complexity", "complexity_of_change"] },
  dbt: { offers: ["run_dbt", "dbt", "dbt_clean"], files: ["dbt_project.yml"] },
  eslint: {
    offers: ["run_eslint", "eslint", "eslint_clean", "fix_eslint", "eslint-fix"],
    files: [
      ...["js", "mjs", "cjs", "ts", "mts", "cts"].map((ending) => `eslint.config.${ending}`),
      ...["", ".js", ".cjs", ".json", ".yaml", ".yml"].map((ending) => `.eslintrc${ending}`),
    ],
    mentions: { "package.json": /"eslintConfig"\s*:/, [PRE_COMMIT]: hook("eslint") },
  },
  gitleaks: {
    offers: [
      "run_gitleaks",
      "gitleaks",
      "gitleaks_clean",
      "run_gitleaks_history",
      "gitleaks-history",
      "gitleaks_history_clean",
      "history",
    ],
    files: [".gitleaks.toml", ".gitleaksignore"],
    mentions: { [PRE_COMMIT]: hook("gitleaks", "gitleaks-docker", "gitleaks-system") },
  },
  "great-expectations": {
    offers: ["run_great_expectations", "great-expectations", "great_expectations_clean"],
    files: ["great_expectations.yml"],
  },
  hyperfine: {
    offers: [
      ...["run_hyperfine", "hyperfine", "benchmarks_run", "benchmark"],
      ...["compare_benchmarks", "no_performance_regression", "performance"],
    ],
  },
  // Tests of properties run with all others; they run apart where somebody asks for that.
  hypothesis: { offers: ["run_hypothesis", "hypothesis", "hypothesis_clean"] },
  mypy: {
    offers: ["run_mypy_typecheck", "mypy", "mypy_clean", "run_mypy_strict", "mypy-strict", "mypy_strict_clean"],
    files: ["mypy.ini", ".mypy.ini"],
    mentions: { "pyproject.toml": /^\[tool\.mypy/m, "setup.cfg": /^\[mypy/m, [PRE_COMMIT]: hook("mypy") },
  },
  "pip-audit": {
    offers: ["run_pip_audit", "pip-audit", "pip_audit_clean", "audit"],
    mentions: { [PRE_COMMIT]: hook("pip-audit") },
  },
  "pip-licenses": {
    offers: ["run_pip_licenses", "pip-licenses", "licences_allowed"],
  },
  "pre-commit": { offers: ["run_pre_commit", "pre-commit", "precommit_hooks_clean"] },
  prettier: {
    offers: ["run_prettier_check", "prettier", "prettier_clean", "fix_prettier", "prettier-fix"],
    files: [
      ...["", ".json", ".json5", ".yaml", ".yml", ".toml", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"].map(
        (ending) => `.prettierrc${ending}`,
      ),
      ...["js", "mjs", "cjs", "ts", "mts", "cts"].map((ending) => `prettier.config.${ending}`),
    ],
    mentions: { "package.json": /"prettier"\s*:/, [PRE_COMMIT]: hook("prettier") },
  },
  semgrep: {
    offers: ["run_semgrep", "semgrep", "semgrep_clean"],
    files: [".semgrepignore", ".semgrep.yml", ".semgrep.yaml", "semgrep.yml", "semgrep.yaml"],
    mentions: { [PRE_COMMIT]: hook("semgrep", "semgrep-ci") },
  },
};

/** The plugins of validators, each loaded where its tool is mentioned. */
export const validators: readonly OnDemandPlugin[] = Object.entries(VALIDATORS).map(
  ([name, { offers, files = [], mentions = {} }]) => ({
    name,
    offers,
    files,
    mentions,
    get url() {
      return import.meta.resolve(`@symbiotic-build/plugin-${name}`);
    },
  }),
);
