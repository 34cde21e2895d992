import { expect, test } from "vitest";
import { relativeImports } from "./relative-imports.ts";

test("what settings name by a relative path is found from their folder", () => {
  const text = `import a from "./rules/a.js"; require('../base.cjs'); export default { extends: ["../../x.json"] };`;
  expect(relativeImports({ path: "tools/lint/eslint.config.js", text })).toEqual([
    "tools/lint/rules/a.js",
    "tools/base.cjs",
    "x.json",
  ]);
});

test("a path without an ending stands for each that Node would try", () => {
  expect(relativeImports({ path: "c.js", text: 'require("./rules")' })).toEqual([
    "rules",
    "rules.js",
    "rules.cjs",
    "rules.mjs",
    "rules.ts",
    "rules.json",
    "rules/index.js",
  ]);
});

test("packages, globs and what lies outside the repository are none", () => {
  const text = 'import "x"; import "@a/b"; ["./src/**", "../../../up.js", "./", "..."]; `./${name}.js`;';
  expect(relativeImports({ path: "a/c.js", text })).toEqual([]);
});
