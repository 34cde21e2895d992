import { testPlugin } from "@symbiotic-build/engine/testing";
import { expect, test } from "vitest";
import { pytest } from "../../packages/plugin-pytest/src/index.ts";
import { python } from "../../packages/plugin-python/src/index.ts";
import { ruff } from "../../packages/plugin-ruff/src/index.ts";

// What authors of plugins test with, over real plugins: no tool is installed and no file is on disk.

const MONOREPO = {
  "api/pyproject.toml": '[project]\nname = "api"\ndependencies = ["core"]\n[tool.ruff]\nline-length = 100\n',
  "api/src/api/__init__.py": "",
  "api/tests/test_api.py": "def test_api(): ...\n",
  "core/pyproject.toml": '[project]\nname = "core"\n',
  "core/src/core/__init__.py": "",
};

test("the python plugin's projects and edges are there", () => {
  expect(testPlugin(python(), { files: MONOREPO }).projects).toMatchObject([
    { name: "api", root: "api", dependsOn: ["core"] },
    { name: "core", root: "core", dependsOn: [] },
  ]);
});

test("a manifest that is no TOML is thrown with its place", () => {
  const load = (): unknown => testPlugin(python(), { files: { "pyproject.toml": "[project\n" } });
  expect(load).toThrow(/SYM7101 .*pyproject\.toml is not valid TOML.*\(pyproject\.toml:1:\d+\)/);
});

test("the ruff plugin's atoms say which files they read, what they start and what its output means", () => {
  const kit = testPlugin(ruff({ select: ["F"] }), { files: MONOREPO, beside: [python()] });
  const lint = kit.atom("ruff", "api");
  expect(lint.applies).toBe(true);
  expect(lint.tools.map(({ name }) => name)).toEqual(["ruff", "ruff-wasm"]);
  expect(lint.inputFiles).toEqual(
    expect.arrayContaining(["api/pyproject.toml", "api/src/api/__init__.py", "api/tests/test_api.py"]),
  );
  expect(lint.command().argv).toEqual(expect.arrayContaining(["{tool}", "check", "--select", "F"]));

  const entry = {
    code: "F401",
    message: "`os` imported but unused",
    filename: "{root}/api/src/api/__init__.py",
    location: { row: 1, column: 8 },
    end_location: { row: 1, column: 10 },
    fix: null,
    url: null,
    cell: null,
  };
  const outcome = lint.parse({ exitCode: 1, stdout: JSON.stringify([entry]) });
  expect(outcome).toMatchObject({
    ok: true,
    value: { status: "ok", evidence: { findings: [{ rule: "F401", file: "api/src/api/__init__.py" }] } },
  });
  if (!outcome.ok) return;
  expect(kit.gate("lint_clean", "api").decide({ run_ruff_lint: outcome.value })).toMatchObject({
    verdict: "fail",
    required: true,
    measured: "1",
  });
  expect(kit.gate("lint_clean", "core").decide({ run_ruff_lint: outcome.value })).toMatchObject({
    verdict: "fail",
    required: false,
  });
});

test("a tool that gave up is an error as the engine would see it", () => {
  const lint = testPlugin(ruff(), { files: MONOREPO, beside: [python()] }).atom("ruff", "api");
  expect(lint.parse({ exitCode: 2, stderr: "ruff failed\n  Cause: no such rule\n" })).toMatchObject({
    ok: false,
    error: { code: "SYM4451" },
  });
});

test("the pytest plugin applies where there are tests, and reads the sources of what the project depends on", () => {
  const kit = testPlugin(pytest(), { files: MONOREPO, beside: [python()] });
  expect(kit.atom("pytest", "core").applies).toBe(false);
  const atom = kit.atom("pytest", "api");
  expect(atom.applies).toBe(true);
  expect(atom.inputFiles).toContain("core/src/core/__init__.py");
  expect(atom.command({ detected: ["pytest-cov"] }).argv).toContain("--color=no");
});

test("a wrong option of a real plugin is refused by name", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(ruff({ selct: ["F"] }))).toThrow(
    "SYM1203 options.selct is not an option; there is: select, ignore, preview, embedded",
  );
});
