import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { findingsOf, nodeProgram, onDisk, validate, type OnDisk } from "../../../../test/support/validators.ts";
import { node } from "@symbiotic-build/plugin-node";
import { eslint } from "../../src/index.ts";

const ESLINT = nodeProgram("eslint/bin/eslint.js");
const RUN = { atom: "eslint", programs: { "{node}": process.execPath, "{module}": ESLINT }, beside: [node()] };

const CONFIG = `export default [
  { ignores: ["old/**"] },
  { rules: { "no-debugger": "error", "prefer-const": "warn", "no-unused-vars": "error" } },
];
`;
const WRONG = "let one = 1;\ndebugger;\nfunction two(unused) {\n  return one;\n}\ntwo();\n";
const MANIFEST = '{ "name": "whole", "type": "module" }';

test("what is found is what eslint finds by hand", () => {
  using repository = onDisk({
    "package.json": MANIFEST,
    "eslint.config.js": CONFIG,
    "a.js": WRONG,
    "deep/b.mjs": WRONG,
    "deep/bad.js": "function (\n",
    "old/c.js": WRONG,
  });
  const found = findingsOf(validate(eslint(), repository, RUN));
  expect(found).toEqual(byHand(repository));
  expect(found).toContain("deep/b.mjs:2 no-debugger");
  expect(found).toContain("deep/bad.js:1 parse-error");
});

test("a repository with nothing to say is clean, one whose code is all ignored too", () => {
  using clean = onDisk({ "package.json": MANIFEST, "eslint.config.js": CONFIG, "a.js": "const a = 1;\na;\n" });
  expect(findingsOf(validate(eslint(), clean, RUN))).toEqual([]);
  using ignored = onDisk({
    "package.json": '{ "name": "whole", "type": "module", "workspaces": ["old"] }',
    "old/package.json": '{ "name": "old" }',
    "eslint.config.js": CONFIG,
    "old/c.js": WRONG,
  });
  expect(findingsOf(validate(eslint(), ignored, { ...RUN, project: "old" }))).toEqual([]);
});

test("inline suppressions count", () => {
  using repository = onDisk({
    "package.json": MANIFEST,
    "eslint.config.js": CONFIG,
    "a.js": "// eslint-disable-next-line no-debugger\ndebugger;\n/* eslint-disable prefer-const */\nlet a = 1;\na;\n",
    "b.js": "debugger;\n",
  });
  expect(findingsOf(validate(eslint(), repository, RUN))).toEqual(["b.js:1 no-debugger"]);
});

test("each project has its own findings, under the settings above it", () => {
  using repository = onDisk({
    "package.json": '{ "name": "whole", "type": "module", "workspaces": ["lib"] }',
    "lib/package.json": '{ "name": "lib", "type": "module" }',
    "eslint.config.js": CONFIG,
    "a.js": "debugger;\n",
    "lib/b.js": "debugger;\n",
  });
  expect(findingsOf(validate(eslint(), repository, { ...RUN, project: "whole" }))).toEqual(["a.js:1 no-debugger"]);
  expect(findingsOf(validate(eslint(), repository, { ...RUN, project: "lib" }))).toEqual(["lib/b.js:1 no-debugger"]);
});

test("settings that eslint cannot use are a clear error", () => {
  using repository = onDisk({
    "package.json": MANIFEST,
    "eslint.config.js": 'export default [{ rules: { "prefer-const": "loud" } }];\n',
    "a.js": WRONG,
  });
  expect(validate(eslint(), repository, RUN)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", notes: expect.arrayContaining([expect.stringContaining("prefer-const")]) },
  });
});

test("settings of the old form are refused by a release that has left them behind", () => {
  using repository = onDisk({ "package.json": MANIFEST, ".eslintrc.json": '{ "root": true }', "a.js": WRONG });
  expect(validate(eslint(), repository, RUN)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining("eslint.config.") },
  });
});

function byHand({ root }: OnDisk): string[] {
  const done = spawnSync(process.execPath, [ESLINT, ".", "--format", "json"], { cwd: root, encoding: "utf8" });
  const files = JSON.parse(done.stdout) as {
    filePath: string;
    messages: { ruleId: string | null; line: number }[];
  }[];
  return files
    .flatMap(({ filePath, messages }) =>
      messages.map(
        ({ ruleId, line }) => `${filePath.slice(root.length + 1)}:${String(line)} ${ruleId ?? "parse-error"}`,
      ),
    )
    .sort();
}
