import { expect, test } from "vitest";
import { classOf, isPersistent, startingSymbiotic, startsPackages } from "./classify.ts";

test.each([
  ["lint", "eslint ."],
  ["test", "vitest run"],
  ["test:unit", "vitest run unit"],
  ["typecheck", "tsc --noEmit"],
  ["check", "biome check"],
  ["format:check", "prettier --check ."],
  ["format", "prettier --check ."],
  ["e2e", "playwright test"],
])("%s (%s) is a check", (name, text) => {
  expect(classOf(name, [text])).toBe("check");
});

test.each([
  ["format", "prettier ."],
  ["lint:fix", "eslint ."],
  ["lint", "eslint --fix ."],
  ["prettier", "prettier --write ."],
  ["clean", "rm -rf dist"],
])("%s (%s) changes files", (name, text) => {
  expect(classOf(name, [text])).toBe("edit");
});

test.each([["deploy"], ["release"], ["publish:npm"], ["docs:deploy"]])("%s touches the world", (name) => {
  expect(classOf(name, ["x"])).toBe("effect");
});

test.each([["build"], ["compile"], ["generate"], ["docs"], ["bundle:esm"]])("%s may make anything", (name) => {
  expect(classOf(name, ["x"])).toBe("other");
});

test.each([
  ["dev", "x"],
  ["start", "node server.js"],
  ["watch", "x"],
  ["serve:docs", "x"],
  ["test:watch", "x"],
  ["test", "vitest --watch"],
  ["test", "jest --watchAll"],
  ["build", "tsc -w"],
  ["build", "tsc -b -w"],
  ["anything", "nodemon app.js"],
  ["anything", "next dev"],
  ["anything", "vite"],
  ["anything", "webpack serve"],
])("%s (%s) does not end", (name, text) => {
  expect(isPersistent(name, text)).toBe(true);
});

test.each([
  ["build", "vite build"],
  ["build", "tsc -p ."],
  ["test", "vitest --watch=false"],
  ["test", "jest --watchAll=false"],
  ["test", "jest --watchman"],
  ["lint", "eslint src/watch"],
  ["starter", "x"],
])("%s (%s) ends", (name, text) => {
  expect(isPersistent(name, text)).toBe(false);
});

test.each([
  "turbo run build",
  "turbo build",
  "nx run-many -t build",
  "lerna run build",
  "pnpm -r build",
  "pnpm --filter web build",
  "npm run build --workspaces",
  "npm run build -ws --if-present",
  "yarn workspaces foreach -A run build",
  "cross-env A=1 turbo run build && echo done",
])("%s starts the scripts of other packages", (text) => {
  expect(startsPackages(text)).toBe(true);
});

test.each(["tsc", "npm run build:types", "node turbo.js", "pnpm build", "echo pnpm", "eslint packages"])(
  "%s starts none of other packages",
  (text) => {
    expect(startsPackages(text)).toBe(false);
  },
);

test("scripts that start this tool are found, through others as well", () => {
  const scripts = new Map([
    ["test", "symbiotic run test"],
    ["lint", "npx symbiotic run lint --affected"],
    ["check", "node ./bin/symbiotic.js run gates"],
    ["ci", "npm run lint && echo ok"],
    ["all", "pnpm ci"],
    ["where", "symbiotic projects"],
    ["symbiotic", "symbiotic"],
    ["build", "tsc"],
    ["prebuild", "yarn build"],
  ]);
  expect([...startingSymbiotic(scripts)]).toEqual(["test", "lint", "check", "ci", "all"]);
});
