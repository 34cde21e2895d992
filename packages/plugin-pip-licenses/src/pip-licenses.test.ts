import { testPlugin } from "@symbiotic-build/engine/testing";
import { python } from "@symbiotic-build/plugin-python";
import { expect, test } from "vitest";
import { pipLicenses } from "./index.ts";

const PROJECT = '[project]\nname = "whole"\n';
const FILES = { "pyproject.toml": PROJECT, "a.py": "" };
const STDOUT = JSON.stringify([{ License: "GPL-3.0", Name: "x", Version: "1" }]);

function withTable(text: string): Readonly<Record<string, string>> {
  return { "pyproject.toml": `${PROJECT}[tool.pip-licenses]\n${text}\n` };
}

test("it looks at projects of Python", () => {
  expect(testPlugin(pipLicenses(), { files: { "package.json": "{}" } }).atom("pip-licenses").applies).toBe(false);
  expect(testPlugin(pipLicenses(), { files: { "requirements.txt": "" } }).atom("pip-licenses").applies).toBe(true);
});

test("the gate is required where a list says what is allowed or denied", () => {
  const decide = (
    options: Parameters<typeof pipLicenses>[0],
    files: Readonly<Record<string, string>> = FILES,
  ): string => {
    const kit = testPlugin(pipLicenses(options), { files });
    const outcome = kit.atom("pip-licenses").parse({ stdout: STDOUT });
    if (!outcome.ok) throw new Error(outcome.error.message);
    const { required, verdict } = kit.gate("licences_allowed").decide({ run_pip_licenses: outcome.value });
    return `${required ? "required" : "advisory"} ${verdict}`;
  };
  expect(decide({})).toBe("advisory pass");
  expect(decide({ deny: ["GPL*"] })).toBe("required fail");
  expect(decide({ allow: ["GPL*"] })).toBe("required pass");
  expect(decide({}, withTable('fail-on = "GPL-3.0; AGPL-3.0"'))).toBe("required fail");
  expect(decide({}, withTable('allow-only = "MIT;"'))).toBe("required fail");
  expect(decide({}, withTable('allow-only = "gpl"\npartial-match = true'))).toBe("required pass");
  expect(decide({ deny: [] }, withTable('fail-on = "GPL-3.0"'))).toBe("required pass");
});

test("the whole table of licences is in the data", () => {
  const outcome = testPlugin(pipLicenses(), { files: FILES }).atom("pip-licenses").parse({ stdout: STDOUT });
  expect(outcome).toMatchObject({
    ok: true,
    value: {
      summary: "1 package",
      evidence: { findings: [], data: { licences: [{ package: "x", version: "1", licence: "GPL-3.0" }] } },
    },
  });
});

test("pip-licenses starts in the task's own folder, with what counts of the settings as arguments", () => {
  const settings = [
    'from = "meta"',
    "with-system = true",
    'ignore-packages = ["pytest", "mypy"]',
    'output-file = "licences.json"',
    'fail-on = "MIT"',
  ].join("\n");
  const command = (options: Parameters<typeof pipLicenses>[0], files: Readonly<Record<string, string>>): unknown =>
    testPlugin(pipLicenses(options), { files }).atom("pip-licenses").command();
  const cwd = expect.stringMatching(/^\.symbiotic\/out\/[^/]+$/);
  expect(command({}, FILES)).toEqual({
    argv: ["{python}", "-m", "piplicenses", "--from", "mixed", "--format", "json"],
    cwd,
    stdout: "data",
  });
  expect(command({ python: ".venv/bin/python", args: ["--packages", "a"] }, withTable(settings))).toEqual({
    argv: [
      ...["{python}", "-m", "piplicenses", "--from", "mixed", "--from", "meta", "--with-system"],
      ...["--ignore-packages", "pytest", "mypy", "--format", "json"],
      ...["--python", "../../../.venv/bin/python", "--packages", "a"],
    ],
    cwd,
    stdout: "data",
  });
});

test("one that is installed for itself would see itself: it is taken only where another environment is named", () => {
  const atom = (options: Parameters<typeof pipLicenses>[0]) =>
    testPlugin(pipLicenses(options), { files: FILES }).atom("pip-licenses");
  expect(atom({}).tools[0]?.install).toBeUndefined();
  expect(atom({ python: ".venv/bin/python" }).tools[0]?.install?.package).toBe("pip-licenses");
});

test("manifests and locks are inputs", () => {
  const files = {
    ...FILES,
    "uv.lock": "",
    "lib/pyproject.toml": '[project]\nname = "lib"\n',
    "lib/requirements.txt": "",
    "lib/b.txt": "",
  };
  const atom = testPlugin(pipLicenses(), { files, beside: [python()] }).atom("pip-licenses", "lib");
  expect(atom.inputFiles).toEqual(["lib/pyproject.toml", "lib/requirements.txt", "pyproject.toml", "uv.lock"]);
  expect(atom.inputs.resolved).toBe(true);
});

test.each([
  [1, "FileNotFoundError: [Errno 2] No such file or directory: 'nope'"],
  [2, "piplicenses.py: error: argument --from: invalid choice: 'nope'"],
])("a pip-licenses that ends with %i is no result", (exitCode, stderr) => {
  expect(testPlugin(pipLicenses(), { files: FILES }).atom("pip-licenses").parse({ exitCode, stderr })).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: `pip-licenses stopped with exit code ${String(exitCode)}: ${stderr}` },
  });
});

test("settings that are no TOML are a clear error", () => {
  const files = { "pyproject.toml": "[tool\n" };
  expect(() => testPlugin(pipLicenses(), { files }).atom("pip-licenses").applies).toThrow("SYM1451");
});

test("a wrong option is refused by name", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(pipLicenses({ allows: [] }))).toThrow("SYM1203 options.allows is not an option");
});
