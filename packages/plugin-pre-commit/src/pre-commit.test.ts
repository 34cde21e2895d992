import { testPlugin } from "@symbiotic-build/engine/testing";
import { python } from "@symbiotic-build/plugin-python";
import { expect, test } from "vitest";
import { preCommit } from "./index.ts";
import { PROGRAM } from "./program.ts";

const FILES = {
  ".pre-commit-config.yaml": "repos: []\n",
  "pyproject.toml": '[project]\nname = "app"\n',
  "lib/pyproject.toml": '[project]\nname = "lib"\n',
  "lib/a.csv": "",
};

test("hooks run once, in the project at the root, where there are some", () => {
  const applies = (files: Readonly<Record<string, string>>, project: string): unknown =>
    testPlugin(preCommit(), { files, beside: [python()] }).atom("pre-commit", project).applies;
  expect(applies(FILES, "app")).toBe(true);
  expect(applies(FILES, "lib")).toBe(false);
  expect(applies({ ...FILES, ".pre-commit-config.yaml": "" }, "app")).toBe(true);
  expect(testPlugin(preCommit(), { files: { "a.py": "" } }).atom("pre-commit").applies).toBe(false);
});

test("the program is told where its folder is, what to link and what to hand on", () => {
  const use = preCommit({ args: ["--hook-stage", "manual"], link: [".venv", "web/node_modules"] });
  const command = testPlugin(use, { files: FILES, beside: [python()] })
    .atom("pre-commit", "app")
    .command();
  const [token, flag, program, out, ...rest] = command.argv;
  expect([token, flag, out]).toEqual(["{python}", "-c", expect.stringMatching(/^\.symbiotic\/out\//)]);
  expect(program).toBe(PROGRAM);
  expect(rest).toEqual(["2", ".venv", "web/node_modules", "--hook-stage", "manual"]);
  expect(command).toMatchObject({
    cwd: ".",
    stdout: "data",
    programs: [".venv/bin", ".venv/Scripts", "venv/bin", "venv/Scripts"],
  });
});

test("programs that start others on Windows disagree about double quotes: there is none", () => {
  expect(PROGRAM).not.toContain('"');
});

test("every file of the repository is an input, and no result is kept", () => {
  const files = { ...FILES, "lib/.mypy_cache/x.db": "" };
  const atom = testPlugin(preCommit(), { files, beside: [python()] }).atom("pre-commit", "app");
  expect(atom.inputFiles).toEqual(Object.keys(FILES).sort());
  expect(preCommit().spec.atoms?.["run_pre_commit"]).toMatchObject({ kind: "check", cache: "hooks may read anything" });
  expect(preCommit().spec.targets).toEqual({ "pre-commit": ["run_pre_commit"] });
});

test("the gate is required where there are hooks", () => {
  const gate = testPlugin(preCommit(), { files: { ".pre-commit-config.yaml": "" } }).gate("precommit_hooks_clean");
  const finding = { tool: "pre-commit", rule: "a", level: "error" as const, message: "m", file: "a.py" };
  const outcome = { status: "ok" as const, summary: "", evidence: { tool: "pre-commit", findings: [finding] } };
  expect(gate.decide({ run_pre_commit: outcome })).toMatchObject({ verdict: "fail", measured: "1", required: true });
});

test("a program that gave up is no result", () => {
  const atom = testPlugin(preCommit(), { files: FILES, beside: [python()] }).atom("pre-commit", "app");
  expect(atom.parse({ exitCode: 70, stderr: "error: git init: fatal: no space\n" })).toMatchObject({
    error: { code: "SYM4461", message: "pre-commit stopped with exit code 70: error: git init: fatal: no space" },
  });
});

test("a wrong option is refused by name", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(preCommit({ arg: [] }))).toThrow(
    "SYM1203 options.arg is not an option; there is: args, link",
  );
  for (const path of ["/etc", "..", "a/../../b", "./x", "C:/x"])
    expect(() => testPlugin(preCommit({ link: [path] }))).toThrow("a path below the repository root");
});
