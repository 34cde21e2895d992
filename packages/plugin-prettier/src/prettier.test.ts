import { testPlugin } from "@symbiotic-build/engine/testing";
import { node } from "@symbiotic-build/plugin-node";
import { expect, test } from "vitest";
import { prettier } from "./index.ts";

const FILES = { "a.js": "", ".prettierrc": "" };
const PACKAGES = {
  "package.json": '{ "name": "whole", "workspaces": ["lib"], "devDependencies": { "prettier": "3" } }',
  "lib/package.json": '{ "name": "lib" }',
  "lib/a.md": "",
};

test("it looks only where the repository formats with Prettier", () => {
  const applies = (files: Readonly<Record<string, string>>): unknown =>
    testPlugin(prettier(), { files }).atom("prettier").applies;
  expect(applies({ "a.py": "" })).toBe(false);
  expect(applies({ "a.js": "" })).toEqual({ skipped: "the repository does not format with Prettier" });
  expect(applies({ "a.js": "", "package.json": '{ "dependencies": { "prettier-x": "1" } }' })).not.toBe(true);
  expect(applies(FILES)).toBe(true);
  expect(applies({ "a.js": "", "prettier.config.mjs": "" })).toBe(true);
  expect(applies({ "a.js": "", "package.json": '{ "devDependencies": { "prettier": "3.0.0" } }' })).toBe(true);
  expect(applies({ "a.md": "", ".pre-commit-config.yaml": "repos:\n- repo: x\n  hooks:\n  - id: prettier\n" })).toBe(
    true,
  );
});

test("the gate counts files, and is required where the repository uses Prettier", () => {
  const decide = (files: Readonly<Record<string, string>>): unknown => {
    const kit = testPlugin(prettier(), { files: { "a.js": "", ...files } });
    const outcome = kit.atom("prettier").parse({
      exitCode: 2,
      stdout: "a.js\n",
      stderr: "[error] a.js: SyntaxError: x (1:1)\n",
    });
    if (!outcome.ok) throw new Error(outcome.error.message);
    const { required, measured } = kit.gate("prettier_clean").decide({ run_prettier_check: outcome.value });
    return { required, measured, summary: outcome.value.summary };
  };
  expect(decide({})).toEqual({ required: false, measured: "1 file", summary: "1 file" });
  expect(decide({ ".prettierrc.json": "" })).toMatchObject({ required: true });
});

test("prettier starts in the folder of the ignore file, without what belongs to other projects", () => {
  const files = { ...PACKAGES, ".prettierignore": "" };
  const kit = testPlugin(prettier({ args: ["--end-of-line", "auto"] }), { files, beside: [node()] });
  expect(kit.atom("prettier", "whole").command()).toEqual({
    argv: [
      ...["{node}", "{module}", ".", "!lib/**", "!.symbiotic/**", "--list-different", "--no-color"],
      ...["--end-of-line", "auto"],
    ],
    cwd: ".",
    stdout: "data",
  });
  expect(kit.atom("prettier", "lib").command()).toMatchObject({
    argv: ["{node}", "{module}", "lib", "--list-different", "--no-color", "--end-of-line", "auto"],
    cwd: ".",
  });
  const bare = testPlugin(prettier(), { files: PACKAGES, beside: [node()] });
  expect(bare.atom("prettier", "lib").command()).toMatchObject({
    argv: ["{node}", "{module}", ".", "--list-different", "--no-color"],
    cwd: "lib",
  });
});

test("files, settings, what those name and ignore files are inputs", () => {
  const files = {
    ...PACKAGES,
    "prettier.config.js": 'export { default } from "./tools/format.js";\n',
    "tools/format.js": "",
    "tools/other.js": "",
    "pnpm-lock.yaml": "",
    ".editorconfig": "",
    "lib/a.py": "",
    "lib/b/.prettierrc": "",
    "lib/b/.gitignore": "",
  };
  const atom = testPlugin(prettier(), { files, beside: [node()] }).atom("prettier", "lib");
  expect(atom.inputs.resolved).toBe(true);
  expect(atom.inputFiles).toEqual([
    ".editorconfig",
    "lib/a.md",
    "lib/b/.gitignore",
    "lib/b/.prettierrc",
    "lib/package.json",
    "package.json",
    "pnpm-lock.yaml",
    "prettier.config.js",
    "tools/format.js",
  ]);
});

test("a prettier that dies is no result", () => {
  const parsed = testPlugin(prettier(), { files: FILES }).atom("prettier").parse({ exitCode: 134, stderr: "Aborted" });
  expect(parsed).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: "prettier stopped with exit code 134: Aborted" },
  });
});

test("a wrong option is refused by name", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(prettier({ arg: [] }))).toThrow("SYM1203 options.arg is not an option; there is: args");
});
