import { testPlugin } from "@symbiotic-build/engine/testing";
import { expect, test } from "vitest";
import { bandit } from "./index.ts";

const FILES = { "a.py": "", "lib/pyproject.toml": "" };

test("a project without Python has nothing to look at", () => {
  expect(testPlugin(bandit(), { files: { "README.md": "" } }).atom("bandit").applies).toBe(false);
  expect(testPlugin(bandit(), { files: FILES }).atom("bandit").applies).toBe(true);
});

test("the gate is required where the repository uses bandit", () => {
  const requiredWith = (files: Readonly<Record<string, string>>): boolean =>
    testPlugin(bandit(), { files: { ...FILES, ...files } })
      .gate("bandit_clean")
      .decide({ run_bandit: { status: "ok", summary: "ok", evidence: { tool: "bandit", findings: [] } } }).required;
  expect(requiredWith({})).toBe(false);
  expect(requiredWith({ ".bandit": "[bandit]\n" })).toBe(true);
  expect(requiredWith({ "pyproject.toml": "[tool.bandit]\n" })).toBe(true);
  expect(requiredWith({ ".pre-commit-config.yaml": "repos:\n- repo: x\n  hooks:\n  - id: bandit\n" })).toBe(true);
});

test("bandit is told of the table in pyproject.toml, which it does not look for", () => {
  const files = { "a.py": "", "pyproject.toml": '[tool.bandit]\nskips = ["B101"]\n' };
  const { argv } = testPlugin(bandit({ args: ["-ll"] }), { files })
    .atom("bandit")
    .command();
  expect(argv).toEqual([
    "{python}",
    "-m",
    "bandit",
    "--recursive",
    ".",
    "--format",
    "json",
    "--quiet",
    "--configfile",
    "pyproject.toml",
    "-ll",
  ]);
});

test("settings and Python files are inputs", () => {
  const files = { "a.py": "", "b/.bandit": "", "pyproject.toml": "", "data.csv": "" };
  expect(testPlugin(bandit(), { files }).atom("bandit").inputFiles).toEqual(["a.py", "b/.bandit", "pyproject.toml"]);
});

test("a wrong option is refused by name", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(bandit({ arg: [] }))).toThrow("SYM1203 options.arg is not an option; there is: args");
});
