import { spawnSync } from "node:child_process";
import { node } from "@symbiotic-build/plugin-node";
import { expect, test } from "vitest";
import {
  findingsOf,
  ignoring,
  nodeProgram,
  onDisk,
  validate,
  type OnDisk,
} from "../../../../test/support/validators.ts";
import { prettier } from "../../src/index.ts";

const PRETTIER = nodeProgram("prettier/bin/prettier.cjs");
const RUN = { atom: "prettier", programs: { "{node}": process.execPath, "{module}": PRETTIER }, beside: [node()] };

const MANIFEST = json({ name: "whole", devDependencies: { prettier: "3" } });

test("what is found is what prettier finds by hand", () => {
  using repository = onDisk({
    "package.json": MANIFEST,
    "a.js": "const  a = 1\n",
    "b.ts": "export const b: number = 1;\n",
    "docs/c.md": "#   Title\n",
    "styles/d.css": "a{color:red}\n",
    "e.yaml": "a:    1\n",
    "bad.js": "function (\n",
  });
  expect(findingsOf(validate(prettier(), repository, RUN))).toEqual([...byHand(repository), "bad.js:1 syntax"].sort());
  expect(byHand(repository)).toEqual([
    "a.js:0 format",
    "docs/c.md:0 format",
    "e.yaml:0 format",
    "styles/d.css:0 format",
  ]);
});

test("a repository with nothing to say is clean, one with nothing to format too", () => {
  using clean = onDisk({ "package.json": MANIFEST, "a.js": "const a = 1;\n" });
  expect(findingsOf(validate(prettier(), clean, RUN))).toEqual([]);
  using ignored = onDisk({ "package.json": MANIFEST, ".prettierignore": "*.js\n*.json\n", "a.js": "const  a=1" });
  expect(findingsOf(validate(prettier(), ignored, RUN))).toEqual([]);
});

test("settings, ignore files and inline suppressions of the repository count", () => {
  using repository = onDisk({
    "package.json": MANIFEST,
    ".prettierrc": "semi: false\n",
    ".editorconfig": "root = true\n[*.js]\nindent_style = tab\n",
    ".prettierignore": "old/\n",
    "a.js": "const a = 1\nif (a) {\n\ta\n}\n",
    "b.js": "// prettier-ignore\nconst   b =  1\n",
    "c.js": "const c = 1;\n",
    "old/d.js": "const   d=1",
  });
  expect(findingsOf(validate(prettier(), repository, RUN))).toEqual(["c.js:0 format"]);
});

test("each project has its own findings, and an ignore file above counts; files that git ignores are left out", () => {
  using repository = onDisk({
    "package.json": json({ name: "whole", workspaces: { packages: ["lib"] }, devDependencies: { prettier: "3" } }),
    ".prettierignore": "lib/old/\n",
    "lib/package.json": json({ name: "lib" }),
    "lib/a.js": "const  a = 1\n",
    "lib/old/b.js": "const  b = 1\n",
    "c.js": "const  c = 1\n",
    "out/d.js": "const  d = 1\n",
    "out/e.js": "function (\n",
  });
  const seen = ignoring(repository, "out/d.js", "out/e.js");
  expect(findingsOf(validate(prettier(), seen, { ...RUN, project: "whole" }))).toEqual(["c.js:0 format"]);
  expect(findingsOf(validate(prettier(), seen, { ...RUN, project: "lib" }))).toEqual(["lib/a.js:0 format"]);
});

test.each([
  ["a value that it does not take", "tabWidth: two\n", "Invalid tabWidth value"],
  ["a file that is no YAML", "{ bad\n", ".prettierrc"],
  ["a plugin that is not there", "plugins: [nope]\n", "Cannot find package 'nope'"],
])("settings that prettier cannot use are a clear error: %s", (_, text, said) => {
  using repository = onDisk({ "package.json": MANIFEST, ".prettierrc": text, "a.js": "const  a = 1\n" });
  expect(validate(prettier(), repository, RUN)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", notes: expect.arrayContaining([expect.stringContaining(said)]) },
  });
});

function byHand({ root }: OnDisk): string[] {
  const done = spawnSync(process.execPath, [PRETTIER, ".", "--list-different"], { cwd: root, encoding: "utf8" });
  return done.stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((file) => `${file}:0 format`)
    .sort();
}

/** As Prettier writes it. */
function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
