import { expect, test } from "vitest";
import { coveredBy } from "./covered.ts";
import type { ConfiguredHook } from "./read-hooks.ts";

function hookOf(given: Partial<ConfiguredHook>): ConfiguredHook {
  return {
    ...{ id: "x", args: [], types: [], types_or: [], exclude_types: [], additional_dependencies: [] },
    ...{ pass_filenames: true, always_run: false, repo: "local", line: 1, ...given },
  };
}

const LINT = "the ruff plugin lints (run_ruff_lint) without being asked";
const FORMAT = "the ruff plugin checks formatting (run_ruff_format_check) without being asked";
const TESTS = "the pytest plugin runs the tests (run_pytest_unit_with_coverage) without being asked";

test.each<[repo: string, id: string, said: string | undefined]>([
  ["https://github.com/astral-sh/ruff-pre-commit", "ruff", LINT],
  ["https://github.com/astral-sh/ruff-pre-commit.git", "ruff-check", LINT],
  ["git@example.org:mirrors/ruff-pre-commit", "ruff-format", FORMAT],
  ["https://github.com/somebody/pytest-pre-commit", "pytest", TESTS],
  ["https://github.com/somebody/pytest-pre-commit", "other", undefined],
  [
    "https://github.com/psf/black-pre-commit-mirror",
    "black",
    "the black plugin checks formatting (run_black_check) while the repository mentions black, as this file does",
  ],
  [
    "https://github.com/pre-commit/mirrors-mypy",
    "mypy",
    "the mypy plugin checks types (run_mypy_typecheck) while the repository mentions mypy, as this file does",
  ],
  [
    "https://github.com/gitleaks/gitleaks",
    "gitleaks",
    "the gitleaks plugin looks for secrets (run_gitleaks) while the repository mentions gitleaks, as this file does",
  ],
  ["https://github.com/pre-commit/mirrors-mypy", "other", undefined],
  ["https://github.com/somebody/bandit-config", "bandit", undefined],
])("of %s the hook %s", (repo, id, said) => {
  expect(coveredBy(hookOf({ repo, id }))).toBe(said);
});

test.each<[entry: string, said: string | undefined]>([
  ["ruff check", LINT],
  ["ruff format --check", FORMAT],
  ["pytest", TESTS],
  [".venv/bin/pytest", TESTS],
  ["python -m pytest", TESTS],
  ["python3.12 -m pytest", TESTS],
  ["poetry run pytest", TESTS],
  ["uv run --frozen --group dev python -m pytest", TESTS],
  ["uv run ruff format", FORMAT],
  ["ruff", undefined],
  ["ruff clean", undefined],
  ["sh -c 'pytest'", undefined],
  ["uv run", undefined],
  ["pytest 'open", undefined],
  ["", undefined],
])("a local hook with the entry %j", (entry, said) => {
  expect(coveredBy(hookOf({ entry }))).toBe(said);
});

test("what a plugin does not take over is named", () => {
  const [repo, id] = ["https://github.com/astral-sh/ruff-pre-commit", "ruff"];
  const after = "what is to stay belongs in the settings of ruff (pyproject.toml)";
  expect(coveredBy(hookOf({ repo, id, exclude: "^docs/" }))).toBe(
    `${LINT}; its \`exclude\` is not taken over: ${after}`,
  );
  expect(coveredBy(hookOf({ repo, id, args: ["--select", "E"], files: "^src/" }))).toBe(
    `${LINT}; its arguments (--select E) and its \`files\` are not taken over: ${after}`,
  );
});
