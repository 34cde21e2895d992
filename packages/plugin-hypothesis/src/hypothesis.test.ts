import { testPlugin } from "@symbiotic-build/engine/testing";
import { python } from "@symbiotic-build/plugin-python";
import { expect, test } from "vitest";
import { hypothesis } from "./index.ts";
import { PROGRAM } from "./program.ts";

const USED = { "requirements-dev.txt": "hypothesis>=6\n", "test_a.py": "" };

test.each<[Readonly<Record<string, string>>, boolean]>([
  [{ "pyproject.toml": '[dependency-groups]\ndev = ["pytest", "hypothesis>=6"]\n' }, true],
  [{ "pyproject.toml": '[tool.poetry.group.dev.dependencies]\nhypothesis = "^6"\n' }, true],
  [{ "pyproject.toml": 'dev = ["hypothesis[numpy]"]\n' }, true],
  [{ "setup.cfg": "[options.extras_require]\ntest =\n    hypothesis\n" }, true],
  [{ "requirements-test.txt": "hypothesis-jsonschema==1\n" }, true],
  [{ "requirements.txt": "# hypothesis\nmy-hypothesis\nhypothesistooling\n" }, false],
  [{ "pyproject.toml": 'name = "x"\n' }, false],
])("with %j property tests are run: %s", (files, applies) => {
  expect(testPlugin(hypothesis(), { files: { "a.py": "", ...files } }).atom("hypothesis").applies).toBe(applies);
});

test("without Python there is nothing to run", () => {
  const files = { "requirements.txt": "hypothesis\n" };
  expect(testPlugin(hypothesis(), { files }).atom("hypothesis").applies).toBe(false);
});

test("the seed is always given, profile and number of examples where they are set", () => {
  const command = (use = hypothesis()): readonly string[] =>
    testPlugin(use, { files: USED }).atom("hypothesis").command().argv;
  const [token, flag, program, out, ...rest] = command();
  expect([token, flag, program]).toEqual(["{python}", "-c", PROGRAM]);
  expect(out).toMatch(/^\.symbiotic\/out\//);
  expect(rest).toEqual(["0", "-m", "hypothesis", "--hypothesis-seed=0", "--color=no"]);
  expect(command(hypothesis({ args: ["-x"], profile: "ci", seed: 7, maxExamples: 20 })).slice(4)).toEqual([
    ...["20", "-x", "-m", "hypothesis", "--hypothesis-seed=7", "--hypothesis-profile=ci", "--color=no"],
  ]);
});

test("coverage is not measured, one process runs all, and other projects are left out", () => {
  const files = { ...USED, "pyproject.toml": "[project]\nname='a'\n", "lib/pyproject.toml": "[project]\nname='lib'\n" };
  const kit = testPlugin(hypothesis(), { files, beside: [python()] });
  const detected = ["pytest-cov", "pytest-xdist"];
  expect(kit.atom("hypothesis", "a").command({ detected }).argv.slice(-3)).toEqual(["--no-cov", "-n0", "--ignore=lib"]);
  expect(kit.atom("hypothesis", "lib").command().argv[3]).toMatch(/^\.\.\/\.symbiotic\/out\//);
});

test("programs that start others on Windows disagree about double quotes: there is none", () => {
  expect(PROGRAM).not.toContain('"');
});

test("whatever tests may read is an input, what they leave is none", () => {
  const files = {
    ...USED,
    "conftest.py": "",
    "data/a.csv": "",
    ".hypothesis/examples/x": "",
    ".mypy_cache/strict/x.db": "",
    "src/__pycache__/a.pyc": "",
    "README.md": "",
    "uv.lock": "",
  };
  expect(testPlugin(hypothesis(), { files }).atom("hypothesis").inputFiles).toEqual([
    "conftest.py",
    "data/a.csv",
    "requirements-dev.txt",
    "test_a.py",
  ]);
});

test("the gate is required, and a falsified test fails it", () => {
  const kit = testPlugin(hypothesis(), { files: USED });
  const errors = [{ type: "E", message: "m", notes: ["Falsifying example: t(x=0)"] }];
  const problem = { id: "test_a.py::t", kind: "failed", file: "{root}/test_a.py", line: 1, errors, printed: [] };
  const stdout = JSON.stringify({ version: 1, exit: 1, ran: 1, problems: [problem] });
  const parsed = kit.atom("hypothesis").parse({ exitCode: 1, stdout });
  expect(kit.gate("hypothesis_clean").decide(parsed.ok ? { run_hypothesis: parsed.value } : {})).toMatchObject({
    verdict: "fail",
    measured: "1",
    required: true,
  });
});

test("a pytest that stops is no result", () => {
  const atom = testPlugin(hypothesis(), { files: USED }).atom("hypothesis");
  expect(atom.parse({ exitCode: 70, stderr: "error: pytest is not installed beside hypothesis\n" })).toMatchObject({
    error: { code: "SYM4461", message: expect.stringContaining("pytest is not installed beside hypothesis") },
  });
});

test("a wrong option is refused by name", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(hypothesis({ arg: [] }))).toThrow(
    "SYM1203 options.arg is not an option; there is: args, profile, seed, maxExamples",
  );
  expect(() => testPlugin(hypothesis({ seed: -1 }))).toThrow("options.seed");
  expect(() => testPlugin(hypothesis({ maxExamples: 0 }))).toThrow("options.maxExamples");
});
