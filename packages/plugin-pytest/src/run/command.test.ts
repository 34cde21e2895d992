import { expect, test } from "vitest";
import { contextOf, OUT } from "../../test/harness.ts";
import { command } from "./command.ts";
import { PROGRAM } from "../recorder/program.ts";

function argumentsOf(over: Parameters<typeof contextOf>[0]): readonly string[] {
  const { argv } = command(contextOf(over));
  return argv.slice(6);
}

test("pytest is started by the reporter, with everything it makes in the task's folder", () => {
  const { argv, env, cwd } = command(contextOf());
  expect(argv.slice(0, 6)).toEqual(["python", "-c", PROGRAM, OUT, ".", "recorded"]);
  expect(argv).toContain(`--junitxml=${OUT}/junit.xml`);
  expect(env).toEqual({ COVERAGE_FILE: `${OUT}/.coverage`, PYTHONDONTWRITEBYTECODE: "1" });
  expect(cwd).toBeUndefined();
});

test("in a project below the root, paths to the task's folder lead up", () => {
  const { argv, env } = command(contextOf({ root: "libs/api" }));
  expect(argv[3]).toBe(`../../${OUT}`);
  expect(env?.["COVERAGE_FILE"]).toBe(`../../${OUT}/.coverage`);
});

test("options of the interpreter stay before the reporter", () => {
  const context = contextOf();
  const { argv } = command({ ...context, tool: { ...context.tool, argv: ["python", "-X", "dev", "-m", "pytest"] } });
  expect(argv.slice(0, 4)).toEqual(["python", "-X", "dev", "-c"]);
});

test("a pytest that is no module is started as it is", () => {
  const context = contextOf();
  const { argv } = command({ ...context, tool: { ...context.tool, argv: ["pytest-wrapper", "--x"] } });
  expect(argv.slice(0, 3)).toEqual(["pytest-wrapper", "--x", "--color=no"]);
});

test("nested projects are left out, seen from the project", () => {
  expect(argumentsOf({ root: "libs", nested: ["libs/api", "libs/cli"] })).toEqual(
    expect.arrayContaining(["--ignore=api", "--ignore-glob=api/*", "--ignore=cli", "--ignore-glob=cli/*"]),
  );
  expect(argumentsOf({ root: ".", nested: ["odd[1]"] })).toContain("--ignore-glob=odd[[]1]/*");
});

test("coverage is measured where pytest-cov is installed, and never decides about the exit code", () => {
  expect(argumentsOf({ facts: { coverageSource: ["src"] } })).toEqual(
    expect.arrayContaining([
      "--cov=src",
      "--cov-report=",
      `--cov-report=json:${OUT}/coverage.json`,
      `--cov-report=xml:${OUT}/coverage.xml`,
      "--cov-fail-under=0",
    ]),
  );
  expect(argumentsOf({})).toContain("--cov");
});

test.each([
  ["pytest-cov is missing", { detected: [] }],
  ["the option is off", { options: { coverage: false } }],
  ["the repository blocks it", { facts: { coverageBlocked: true } }],
])("where %s, nothing is said about coverage", (_name, over) => {
  expect(argumentsOf(over).filter((word) => word.startsWith("--cov"))).toEqual([]);
});

test("a --cov of the repository stays alone, and its reports land in the task's folder", () => {
  const words = argumentsOf({ facts: { addoptsHasCov: true, coverageReports: ["html", "term"] } });
  expect(words.filter((word) => word === "--cov" || word.startsWith("--cov="))).toEqual([]);
  expect(words).toContain(`--cov-report=html:${OUT}/htmlcov`);
  expect(words.filter((word) => word.includes("term"))).toEqual([]);
});

test("arguments of the options come before the plugin's own, paths after them", () => {
  const words = argumentsOf({ options: { args: ["-x", "--cov-fail-under=99"], testPaths: ["tests/unit"] } });
  expect(words.slice(0, 2)).toEqual(["-x", "--cov-fail-under=99"]);
  expect(words.slice(-2)).toEqual(["--cov-fail-under=0", "tests/unit"]);
});

test("projects that share settings do not share pytest's cache, unless the settings name it", () => {
  expect(argumentsOf({ root: "libs/api", facts: { rootdir: "." } })).toContain("cache_dir=libs/api/.pytest_cache");
  expect(argumentsOf({ root: "libs/api", facts: { rootdir: ".", ownsCache: true } }).join(" ")).not.toContain(
    "cache_dir",
  );
  expect(argumentsOf({ root: "libs/api" }).join(" ")).not.toContain("cache_dir");
});

test("the program for Python holds no double quote and nothing of this machine", () => {
  expect(PROGRAM).not.toContain('"');
  expect(PROGRAM).not.toContain(process.cwd());
});
