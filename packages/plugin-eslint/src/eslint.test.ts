import { testPlugin } from "@symbiotic-build/engine/testing";
import { expect, test } from "vitest";
import { node } from "@symbiotic-build/plugin-node";
import { eslint } from "./index.ts";

const FILES = { "a.js": "", "eslint.config.js": "" };
const PACKAGES = {
  "package.json": '{ "name": "whole", "workspaces": ["lib"] }',
  "lib/package.json": '{ "name": "lib" }',
  "lib/a.ts": "",
};

test("a project without code has nothing to lint, and one without settings is skipped", () => {
  const applies = (files: Readonly<Record<string, string>>, args: string[] = []): unknown =>
    testPlugin(eslint({ args }), { files }).atom("eslint").applies;
  expect(applies({ "a.py": "", "eslint.config.yaml": "", "data.json": "" })).toBe(false);
  expect(applies({ "a.ts": "" })).toEqual({ skipped: "the repository has no settings for ESLint" });
  expect(applies({ "a.ts": "" }, ["--config", "lint/base.js"])).toBe(true);
  expect(applies(FILES)).toBe(true);
  expect(applies({ "a.ts": "", ".eslintrc.yml": "" })).toBe(true);
  expect(applies({ "a.vue": "", "package.json": '{ "eslintConfig": {} }' })).toBe(true);
});

test("the gate is required where the repository uses ESLint", () => {
  const requiredWith = (files: Readonly<Record<string, string>>): boolean =>
    testPlugin(eslint(), { files: { "a.js": "", ...files } })
      .gate("eslint_clean")
      .decide({ run_eslint: { status: "ok", summary: "ok", evidence: { tool: "eslint", findings: [] } } }).required;
  expect(requiredWith({})).toBe(false);
  expect(requiredWith({ "eslint.config.mjs": "" })).toBe(true);
  expect(requiredWith({ ".eslintrc": "" })).toBe(true);
  expect(requiredWith({ ".pre-commit-config.yaml": "repos:\n- repo: x\n  hooks:\n  - id: eslint\n" })).toBe(true);
});

test("eslint starts in the folder of its settings, without what belongs to other projects", () => {
  const files = { ...PACKAGES, ...FILES };
  const kit = testPlugin(eslint({ args: ["--max-warnings", "0"] }), { files, beside: [node()] });
  const common = ["--format", "json-with-metadata", "--no-color", "--no-error-on-unmatched-pattern"];
  expect(kit.atom("eslint", "whole").command()).toEqual({
    argv: [
      ...["{node}", "{module}", ".", ...common],
      ...["--ignore-pattern", "lib/**", "--ignore-pattern", ".symbiotic/**", "--max-warnings", "0"],
    ],
    cwd: ".",
    stdout: "data",
  });
  expect(kit.atom("eslint", "lib").command()).toMatchObject({
    argv: ["{node}", "{module}", "lib", ...common, "--max-warnings", "0"],
    cwd: ".",
  });
  const own = testPlugin(eslint(), { files: { ...files, "lib/eslint.config.ts": "" }, beside: [node()] });
  expect(own.atom("eslint", "lib").command()).toMatchObject({
    argv: ["{node}", "{module}", ".", ...common],
    cwd: "lib",
  });
});

test("settings of the old form are read where the release can, from the folder of the ignore file", () => {
  const files = { ...PACKAGES, ".eslintrc.json": "{}", ".eslintignore": "" };
  const atom = testPlugin(eslint(), { files, beside: [node()] }).atom("eslint", "lib");
  expect(atom.command({ version: "9.39.1" })).toMatchObject({ env: { ESLINT_USE_FLAT_CONFIG: "false" }, cwd: "." });
  expect(atom.command({ version: "8.57.0" }).env).toBeUndefined();
  expect(atom.command({ version: "10.0.0" }).env).toBeUndefined();
});

test("settings, sources, what settings name and lockfiles above are inputs", () => {
  const files = {
    ...PACKAGES,
    "eslint.config.js": 'import base from "./lint/base.js";\nrequire("../outside");\nimport js from "@eslint/js";\n',
    "lint/base.js": "",
    "lint/other.js": "",
    "package-lock.json": "",
    "lib/data.csv": "",
    "lib/.eslintrc.cjs": "",
    "lib/b/.eslintignore": "",
    "tsconfig.json": "",
  };
  const kit = testPlugin(eslint(), { files, beside: [node()] });
  expect(kit.atom("eslint", "lib").inputFiles).toEqual([
    "eslint.config.js",
    "lib/.eslintrc.cjs",
    "lib/a.ts",
    "lib/b/.eslintignore",
    "lib/package.json",
    "lint/base.js",
    "package-lock.json",
    "package.json",
    "tsconfig.json",
  ]);
  expect(kit.atom("eslint", "whole").inputs).toMatchObject({ resolved: true, literal: ["lint/base.js"] });
});

test("a project whose settings are its own has what the lockfile resolves in its key, not the whole lockfile", () => {
  const files = { ...PACKAGES, "lib/eslint.config.js": "", "package-lock.json": "" };
  const atom = testPlugin(eslint(), { files, beside: [node()] }).atom("eslint", "lib");
  expect(atom.inputs.resolved).toBe(true);
  expect(atom.inputFiles).not.toContain("package-lock.json");
});

test("findings in files that are no inputs are left out", () => {
  const results = ["a.js", "dist/a.js"].map((file) => ({
    filePath: `{root}/${file}`,
    messages: [{ ruleId: "r", severity: 2, message: "m", line: 1, column: 1 }],
  }));
  const stdout = JSON.stringify({ results, metadata: { rulesMeta: {} } });
  const parsed = testPlugin(eslint(), { files: FILES }).atom("eslint").parse({ exitCode: 1, stdout });
  expect(parsed.ok && parsed.value.evidence.findings?.map(({ file }) => file)).toEqual(["a.js"]);
});

test("an eslint that dies is no result", () => {
  const stderr =
    "Oops! Something went wrong! :(\n\nESLint: 10.15.0\n\nError: Cannot find module 'x'\nSee the error page\n";
  const messageOf = (exitCode: number, said: string): unknown => {
    const parsed = testPlugin(eslint(), { files: FILES }).atom("eslint").parse({ exitCode, stderr: said });
    return parsed.ok || `${parsed.error.code} ${parsed.error.message}`;
  };
  expect(messageOf(2, stderr)).toBe("SYM4461 eslint stopped with exit code 2: Error: Cannot find module 'x'");
  expect(messageOf(2, "")).toBe("SYM4461 eslint stopped with exit code 2: it wrote no reason");
  expect(messageOf(134, "FATAL ERROR: out of memory")).toBe(
    "SYM4461 eslint stopped with exit code 134: FATAL ERROR: out of memory",
  );
});

test("a wrong option is refused by name", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(eslint({ arg: [] }))).toThrow("SYM1203 options.arg is not an option; there is: args");
});
