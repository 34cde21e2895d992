import { expect, test } from "vitest";
import { askedFor, type Mentions, type OnDemandPlugin } from "./on-demand.ts";

const MYPY: OnDemandPlugin = {
  name: "mypy",
  url: "file:///mypy.js",
  offers: ["run_mypy", "mypy", "mypy_clean"],
  files: ["mypy.ini"],
  mentions: { "pyproject.toml": /^\[tool\.mypy/m },
};

function isAskedFor(more: Partial<Mentions> & { readonly text?: string }): boolean {
  const { text = "", ...own } = more;
  const texts = { source: (path: string) => ({ path, text }) };
  return askedFor([MYPY], { names: [], settings: {}, files: [], texts, ...own }).length === 1;
}

test("who names an atom, a gate or a target of a plugin asks for it", () => {
  expect(isAskedFor({})).toBe(false);
  for (const name of ["mypy", "run_mypy", "api:mypy", "mypy_clean"]) expect(isAskedFor({ names: [name] })).toBe(true);
  expect(isAskedFor({ names: ["mypyc", "mypy:api"] })).toBe(false);
  expect(isAskedFor({ settings: { gates: { mypy_clean: { threshold: 1 } } } })).toBe(true);
  expect(isAskedFor({ settings: { targets: { ci: [{ run: "mypy", tag: "python" }] } } })).toBe(true);
  expect(isAskedFor({ settings: { atoms: { a: { command: "x", dependsOn: ["^mypy"] } } } })).toBe(true);
});

test("a file that is about its tool asks for it, wherever it lies", () => {
  expect(isAskedFor({ files: ["libs/a/mypy.ini"] })).toBe(true);
  expect(isAskedFor({ files: ["libs/a/not-mypy.ini", "mypy.ini/x"] })).toBe(false);
});

test("of a file that is about other things too the text decides", () => {
  expect(isAskedFor({ files: ["a/pyproject.toml"], text: "[project]\n[tool.mypy]\n" })).toBe(true);
  expect(isAskedFor({ files: ["a/pyproject.toml"], text: "# see [tool.mypy]\n" })).toBe(false);
});
