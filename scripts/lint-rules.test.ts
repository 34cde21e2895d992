import { ESLint } from "eslint";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ROOT } from "./lib/paths.mjs";

/** Rule, file that the snippet pretends to be, snippet. The rules that need types are proven on a real file below. */
const REFUSED: readonly (readonly [rule: string, file: string, code: string])[] = [
  ["symbiotic/imports", "engine/src/core/a.ts", 'import { b } from "../graph/b.ts";'],
  ["symbiotic/imports", "engine/src/core/a.ts", 'import type { B } from "../graph/b.ts";'],
  ["symbiotic/imports", "engine/src/core/a.ts", 'export type A = import("../graph/b.ts").B;'],
  ["symbiotic/imports", "engine/src/core/a.ts", 'export const b = import("../graph/b.ts");'],
  ["symbiotic/imports", "engine/src/schedule/a.ts", 'import { b } from "../report/b.ts";'],
  ["symbiotic/imports", "engine/src/report/a.ts", 'import { run } from "../run.ts";'],
  ["symbiotic/imports", "engine/src/run.ts", 'import { main } from "./cli/main.ts";'],
  ["symbiotic/imports", "engine/src/run.ts", 'import { a } from "./index.ts";'],
  ["symbiotic/imports", "engine/src/helpers/a.ts", 'import { b } from "../core/b.ts";'],
  ["symbiotic/imports", "engine/src/graph/all.ts", 'export * from "./b.ts";'],
  ["symbiotic/imports", "engine/src/graph/all.ts", 'export { b } from "./b.ts";'],
  ["symbiotic/imports", "plugin-ruff/src/a.ts", 'import { b } from "@symbiotic-build/engine/cli";'],
  ["symbiotic/imports", "plugin-ruff/src/a.ts", 'import { b } from "@symbiotic-build/engine/src/core/b.ts";'],
  ["symbiotic/imports", "plugin-ruff/src/a.ts", 'import { b } from "@symbiotic-build/plugin-python";'],
  ["symbiotic/imports", "plugin-ruff/src/a.ts", 'import { b } from "../../engine/src/core/b.ts";'],
  ["symbiotic/imports", "plugin-ruff/src/a.ts", 'import { readFileSync } from "node:fs";'],
  ["symbiotic/imports", "plugin-ruff/src/a.ts", 'import { readFile } from "fs/promises";'],
  ["symbiotic/imports", "plugin-ruff/src/a.ts", 'export const b = import("node:child_process");'],
  ["symbiotic/imports", "plugin-ruff/src/a.ts", 'export const b = process.getBuiltinModule("node:fs");'],
  ["symbiotic/process", "plugin-ruff/src/a.ts", "export const a = process.env.CI;"],
  ["symbiotic/process", "engine/src/graph/a.ts", 'export const a = process["env"];'],
  ["symbiotic/process", "engine/src/graph/a.ts", "const { env } = process; export const a = env;"],
  ["symbiotic/process", "engine/src/graph/a.ts", "export const a = globalThis.process.env;"],
  ["symbiotic/process", "engine/src/graph/a.ts", 'import { env } from "node:process"; export const a = env;'],
  ["symbiotic/process", "engine/src/cli/main.ts", "export const a = process.env;"],
  ["symbiotic/process", "engine/src/cli/main.ts", "process.exit(1);"],
  ["symbiotic/process", "engine/src/cli/run.ts", "process.exitCode = 1;"],
  ["symbiotic/process", "engine/src/graph/a.ts", 'process.stdout.write("a");'],
  ["symbiotic/process", "engine/src/graph/a.ts", 'process.stderr.write("a");'],
  ["symbiotic/process", "engine/src/graph/a.ts", "export const a = process.cwd();"],
  ["no-console", "engine/src/report/a.ts", 'console.log("a");'],
  ["no-restricted-syntax", "engine/src/graph/a.ts", "export default 1;"],
  ["no-restricted-syntax", "engine/src/graph/a.ts", "const a = 1; export { a as default };"],
  ["no-restricted-syntax", "engine/src/graph/a.ts", "export const a = Date.now();"],
  ["no-restricted-syntax", "engine/src/fingerprint/a.ts", "export const a = Math.random();"],
  ["no-restricted-syntax", "engine/src/cache/a.ts", 'export const a = "a".localeCompare("b");'],
  ["max-lines", "engine/src/graph/a.ts", `export const a = 1;\n${"// more\n".repeat(300)}`],
  ["max-lines-per-function", "engine/src/graph/a.ts", `export function a(): void {${"\n".repeat(60)}}`],
  ["max-params", "engine/src/graph/a.ts", "export function a(b: 1, c: 1, d: 1, e: 1, f: 1): void {}"],
  ["eqeqeq", "engine/src/graph/a.ts", "export const a = (b: number) => b == 1;"],
  ["@typescript-eslint/no-explicit-any", "engine/src/graph/a.ts", "export const a = (b: any): void => {};"],
  ["max-lines", "engine/src/graph/a.test.ts", "// more\n".repeat(501)],
];

const ALLOWED: readonly (readonly [file: string, code: string])[] = [
  ["engine/src/graph/a.ts", 'import type { B } from "../core/b.ts"; export type A = B;'],
  ["engine/src/run.ts", 'import { b } from "./report/b.ts"; export const a = b;'],
  ["engine/src/cli/a.ts", 'import { run } from "../run.ts"; export const a = run;'],
  ["engine/src/index.ts", 'export { run } from "./run.ts";'],
  ["engine/src/testing.ts", 'export * from "./graph/a.ts";'],
  ["engine/src/cli/env.ts", "export const a = process.env;"],
  ["engine/src/cli/main.ts", "process.exitCode = 1;"],
  ["engine/src/report/a.ts", 'process.stdout.write("a");'],
  ["engine/src/report/a.ts", "export const a = Date.now();"],
  ["engine/src/graph/a.test.ts", 'import { b } from "../report/b.ts"; export const a = b;'],
  ["cli/src/main.ts", 'import { main } from "@symbiotic-build/engine/cli"; main();'],
  ["cli/src/main.ts", 'import { ruff } from "@symbiotic-build/plugin-ruff"; ruff();'],
  ["plugin-ruff/src/a.ts", 'import { b } from "@symbiotic-build/engine"; export const a = b;'],
  ["plugin-ruff/src/a.test.ts", 'import { readFileSync } from "node:fs"; export const a = readFileSync;'],
  ["plugin-ruff/src/wasm/main.ts", 'import { readFileSync } from "node:fs"; export const a = readFileSync;'],
];

let untyped: ESLint;

beforeAll(() => {
  untyped = new ESLint({
    cwd: ROOT,
    overrideConfig: { languageOptions: { parserOptions: { project: null } } },
    ruleFilter: ({ ruleId }) => !ruleId.startsWith("@typescript-eslint/") || ruleId.endsWith("/no-explicit-any"),
  });
});

async function rulesBroken(file: string, code: string): Promise<string[]> {
  const [result] = await untyped.lintText(code, { filePath: join(ROOT, "packages", file) });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
}

test.each(REFUSED)("%s refuses in %s: %s", async (rule, file, code) => {
  expect(await rulesBroken(file, code)).toContain(rule);
});

test.each(ALLOWED)("in %s it is fine: %s", async (file, code) => {
  expect(await rulesBroken(file, code)).toEqual([]);
});

test("rules that need types refuse what is thrown and is no error, and a promise nobody waits for", async () => {
  // In CI the parser would take the file from the disk instead of the text that it is given.
  const overrideConfig = { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } };
  const typed = new ESLint({ cwd: ROOT, overrideConfig });
  const code = 'export function a(): void {\n  void 0;\n  Promise.resolve();\n  throw "a";\n}\n';
  const [result] = await typed.lintText(code, { filePath: join(ROOT, "packages/engine/src/index.ts") });
  const rules = result?.messages.map((message) => message.ruleId);
  expect(rules).toContain("@typescript-eslint/only-throw-error");
  expect(rules).toContain("@typescript-eslint/no-floating-promises");
}, 60_000);
