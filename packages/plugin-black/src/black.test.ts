import { testPlugin } from "@symbiotic-build/engine/testing";
import { python } from "@symbiotic-build/plugin-python";
import { ruff } from "@symbiotic-build/plugin-ruff";
import { expect, test } from "vitest";
import { black } from "./index.ts";

type Files = Readonly<Record<string, string>>;

const BLACK = { "pyproject.toml": "[tool.black]\n" };
const HOOK = (id: string): Files => ({ ".pre-commit-config.yaml": `repos:\n- repo: x\n  hooks:\n  - id: ${id}\n` });

test("black runs where the repository formats with it, and only there", () => {
  const applies = (files: Files): unknown => testPlugin(black(), { files }).atom("black").applies;
  expect(applies({ "a.py": "" })).toBe(false);
  expect(applies({ "README.md": "", ...BLACK })).toBe(false);
  expect(applies({ "a.py": "", ...BLACK })).toBe(true);
  expect(applies({ "a.ipynb": "", ...HOOK("black-jupyter") })).toBe(true);
  expect(applies({ "a.py": "", ...BLACK, ...HOOK("ruff-format") })).toEqual({
    skipped: "the repository formats with ruff",
  });
});

const SETTINGS: readonly Files[] = [
  {},
  BLACK,
  { "pyproject.toml": "[tool.ruff.format]\n" },
  { "pyproject.toml": "[tool.ruff]\n" },
  { "pyproject.toml": "[tool.ruff.format]\n[tool.black]\n" },
  { "ruff.toml": "[format]\n", ...BLACK },
  { "ruff.toml": "", "pyproject.toml": "[tool.ruff.format]\n" },
  { "lib/ruff.toml": "[format]\n", ...BLACK },
  { "lib/.ruff.toml": "", "lib/ruff.toml": "[format]\n", ...BLACK },
  { "lib/pyproject.toml": "[project]\nname='lib'\n[tool.black]\n", "ruff.toml": "[format]\n" },
  { "lib/pyproject.toml": "[project]\nname='lib'\n[tool.ruff]\n", "ruff.toml": "[format]\n", ...BLACK },
  { ...BLACK, ...HOOK("ruff-format") },
  { "ruff.toml": "[format]\n", ...HOOK("black") },
  HOOK("black-jupyter"),
];

test.each(SETTINGS.map((files) => [files]))("ruff and black agree who formats with %j", (more) => {
  const files = { "a.py": "", "lib/pyproject.toml": "[project]\nname='lib'\n", "lib/b.py": "", ...more };
  const [one, other] = [black(), ruff()].map((use) => testPlugin(use, { files, beside: [python()] }));
  for (const project of one?.projects ?? []) {
    const { formatter } = other?.facts(project.name) as { formatter: string | null };
    expect([project.name, one?.facts(project.name)]).toMatchObject([project.name, { formatter }]);
  }
  expect(one?.projects).toHaveLength(2);
});

test("files are counted, and the gate is required", () => {
  const kit = testPlugin(black(), { files: { "a.py": "", "b.py": "", ...BLACK } });
  const stderr =
    "would reformat a.py\nerror: cannot format b.py: x\n\nOh no!\n1 file would be reformatted, 1 file would fail to reformat.\n";
  const parsed = kit.atom("black").parse({ exitCode: 123, stderr });
  expect(kit.gate("black_clean").decide(parsed.ok ? { run_black_check: parsed.value } : {})).toMatchObject({
    verdict: "fail",
    measured: "2 files",
    wanted: "0 files",
    required: true,
  });
});

test("black checks the folder, and is kept out of other projects and of environments", () => {
  const files = { "a.py": "", "libs/b.c/pyproject.toml": "[project]\nname='b'\n", ...BLACK };
  const command = (text: string, project = "root"): unknown =>
    testPlugin(black({ args: ["--fast"] }), { files: { ...files, "pyproject.toml": text }, beside: [python()] })
      .atom("black", project)
      .command();
  const argv = ["{python}", "-m", "black", "--fast", "--check"];
  const env = { PYTHONSAFEPATH: "1", XDG_CONFIG_HOME: "/dev/null" };
  expect(command("[tool.black]\n")).toEqual({
    argv: [...argv, "--extend-exclude", "^/(libs/b\\.c|\\.venv|venv)/", "."],
    env,
  });
  expect(command("[tool.black]\nextend-exclude = 'x'\n")).toEqual({ argv: [...argv, "."], env });
});

test("Python files, ignore files and settings are inputs, and all files where the settings name others", () => {
  const inputsWith = (text: string): readonly string[] =>
    testPlugin(black(), {
      files: { "a.py": "", "b.pyi": "", "c.ipynb": "", "d/.gitignore": "", "data.csv": "", "pyproject.toml": text },
    }).atom("black").inputFiles;
  const usual = ["a.py", "b.pyi", "c.ipynb", "d/.gitignore"];
  expect(inputsWith("[tool.black]\n")).toEqual([...usual, "pyproject.toml"]);
  expect(inputsWith("[tool.black]\ninclude = 'csv$'\n")).toEqual([...usual, "data.csv", "pyproject.toml"]);
});

test("a black that stops is no result", () => {
  const atom = testPlugin(black(), { files: { "a.py": "", ...BLACK } }).atom("black");
  expect(atom.parse({ exitCode: 2, stderr: "Error: Invalid value for '-l'\n" })).toMatchObject({
    error: { code: "SYM4461", message: "black stopped with exit code 2: Error: Invalid value for '-l'" },
  });
});

test("a wrong option is refused by name", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(black({ arg: [] }))).toThrow("SYM1203 options.arg is not an option; there is: args");
});
