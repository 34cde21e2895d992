import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import { imports } from "./imports.mjs";
import { processMembers } from "./process.mjs";

const TS = ["packages/**/*.ts", "test/**/*.ts", "bench/**/*.ts"];
const SOURCES = ["packages/*/src/**/*.ts"];
const TESTS = ["**/*.test.ts", "**/*.test-d.ts", "packages/*/test/**/*.ts", "test/**/*.ts"];
/** What runs in a browser: checked with its types, not with Node's. */
const PAGES = ["graph/page", "page-triage/page"].map((folder) => `packages/engine/src/report/${folder}`);
/** Where a result must follow from its inputs: no clock, no chance. */
const PURE = [
  ...["core", "redact", "graph", "fingerprint", "gate"].map((stage) => `packages/engine/src/${stage}/**/*.ts`),
  "packages/workflows/src/issues/**/*.ts",
];

const SYNTAX = [
  { selector: "ExportDefaultDeclaration", message: "export by name" },
  { selector: "ExportSpecifier[exported.name='default']", message: "export by name" },
  {
    selector: "CallExpression[callee.property.name='localeCompare']",
    message: "compare by code units: a locale differs from machine to machine",
  },
];

const DETERMINISM = [
  "NewExpression[callee.name='Date'][arguments.length=0]",
  "MemberExpression[object.name='Date'][property.name='now']",
  "MemberExpression[object.name='performance']",
  "MemberExpression[object.name='Math'][property.name='random']",
].map((selector) => ({ selector, message: "a result must follow from its inputs here: pass time and chance in" }));

/** @type {import("eslint").Linter.RulesRecord} */
const STRICTNESS = {
  "@typescript-eslint/consistent-type-imports": "error",
  "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
  "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
  "@typescript-eslint/no-import-type-side-effects": "error",
  "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
  "@typescript-eslint/switch-exhaustiveness-check": "error",
  eqeqeq: "error",
  "no-console": "error",
};

/**
 * @param {number} lines of a file
 * @param {number} functionLines
 * @returns {import("eslint").Linter.RulesRecord}
 */
function size(lines, functionLines) {
  return {
    "max-lines": ["error", lines],
    "max-lines-per-function": ["error", functionLines],
    "max-params": ["error", 4],
  };
}

/** The rules of this repository. */
export const config = defineConfig(
  {
    ignores: [
      "**/dist/",
      "**/fixtures/",
      "**/coverage/",
      ".cache/",
      ".try/",
      "artifacts/",
      "examples/",
      "**/.symbiotic/",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: TS,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: "tsconfig.json" } },
    plugins: { symbiotic: { rules: { imports, process: processMembers } } },
    rules: {
      ...STRICTNESS,
      ...size(300, 60),
      "symbiotic/imports": "error",
      "no-restricted-syntax": ["error", ...SYNTAX],
    },
  },
  ...PAGES.map((page) => ({
    files: [`${page}/*.ts`],
    languageOptions: { parserOptions: { project: `${page}/tsconfig.json` } },
  })),
  { files: SOURCES, ignores: TESTS, rules: { "symbiotic/process": "error" } },
  { files: PURE, ignores: TESTS, rules: { "no-restricted-syntax": ["error", ...SYNTAX, ...DETERMINISM] } },
  {
    files: TESTS,
    rules: {
      ...size(500, 500),
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
  {
    files: ["scripts/**/*.{mjs,ts}", "*.config.{ts,mjs}", "packages/cli/bin/*.js"],
    extends: [tseslint.configs.recommended],
    rules: { ...size(300, 60), eqeqeq: "error", "no-console": "error" },
  },
  { files: ["packages/cli/bin/*.js"], rules: { "no-var": "off" } },
);
