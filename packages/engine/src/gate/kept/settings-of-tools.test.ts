import { expect, test } from "vitest";
import { concerns, hasSettings, isOwnPart, isOwnSettings } from "./settings-of-tools.ts";

const PLUGINS = ["ruff", "pytest", "mypy", "eslint", "node", "acme"];

test.each<[path: string, part: string, plugins: readonly string[]]>([
  ["pyproject.toml", "[tool.ruff]", ["ruff", "node", "acme"]],
  ["pyproject.toml", "[tool.coverage]", ["pytest", "node", "acme"]],
  ["setup.cfg", "[coverage:run]", ["pytest", "node", "acme"]],
  ["setup.cfg", "[tool:pytest]", ["pytest", "node", "acme"]],
  ["setup.cfg", "[mypy-foo.*]", ["mypy", "node", "acme"]],
  ["tox.ini", "[testenv]", ["node", "acme"]],
  ["lib/.ruff.toml", "", ["ruff", "node", "acme"]],
  ["mypy.ini", "", ["mypy", "node", "acme"]],
  [".eslintrc.json", "", ["eslint", "node", "acme"]],
  [".pre-commit-config.yaml", "", ["node", "acme"]],
  ["package.json", "eslintConfig", ["eslint", "node", "acme"]],
  ["package.json", "scripts", ["node", "acme"]],
  ["package.json", "symbiotic", []],
  ["symbiotic.config.ts", "", []],
  ["src/sitecustomize.py", "", PLUGINS],
])("%s %s concerns those whose tools go by it", (path, part, plugins) => {
  expect(PLUGINS.filter((plugin) => concerns(plugin, { path, part, how: "was changed" }))).toEqual(plugins);
});

test("what only one tool reads is its settings; manifests and ignore files are not, nor what other plugins read", () => {
  const isOwn = (path: string): boolean => isOwnSettings("ruff", path);
  expect(["lint/base.toml", "ruff.toml"].every(isOwn)).toBe(true);
  expect(["pyproject.toml", "a/.gitignore", "tsconfig.base.json", "tests/conftest.py"].some(isOwn)).toBe(false);
  expect(isOwnSettings("command", "words.txt")).toBe(false);
});

test.each<[path: string, part: string, plugins: readonly string[]]>([
  ["pyproject.toml", "[tool.ruff]", ["ruff"]],
  ["tox.ini", "[coverage:run]", ["pytest"]],
  ["package.json", "eslintConfig", ["eslint"]],
  ["src/sitecustomize.py", "", []],
  ["pyproject.toml", "", []],
  ["symbiotic.config.ts", "", []],
])("%s %s is surely a setting of no other tools than its own", (path, part, plugins) => {
  expect(PLUGINS.filter((plugin) => isOwnPart(plugin, { path, part, how: "was changed" }))).toEqual(plugins);
});

test("a tool without settings of its own has none, and of others nothing is known", () => {
  expect(["ruff", "pip-audit", "acme"].filter(hasSettings)).toEqual(["ruff"]);
});
