import { expect, test } from "vitest";
import { contextOf, factsOf, type Repository } from "../test/context.ts";
import type { RuffFacts } from "./facts.ts";

function facts(repository: Repository): RuffFacts {
  return contextOf(repository).facts;
}

const PRE_COMMIT = `repos:
  - repo: https://github.com/astral-sh/ruff-pre-commit
    rev: "v0.4.10"  # pinned
    hooks:
      - id: ruff
        args: [--fix]
      # - id: ruff-format
  - {repo: https://github.com/psf/black, rev: 24.1.0, hooks: [{id: mypy}]}
`;

test("a repository without settings configures nothing", () => {
  expect(facts({ files: { "a.py": "", "pyproject.toml": "[project]\nname = 'a'\n" } })).toMatchObject({
    hasPython: true,
    hasMarkdown: false,
    configFile: null,
    lintConfigured: false,
    formatConfigured: false,
    formatter: null,
    pinned: null,
    excludedBy: null,
    extends: [],
    includes: [],
  });
});

test("stubs and notebooks are Python, Markdown is not", () => {
  expect(facts({ files: { "a.pyi": "" } }).hasPython).toBe(true);
  expect(facts({ files: { "a.ipynb": "" } }).hasPython).toBe(true);
  expect(facts({ files: { "a.md": "" } })).toMatchObject({ hasPython: false, hasMarkdown: true });
});

test("the nearest folder with settings counts, and in one folder the file that ruff takes", () => {
  const root = { "pyproject.toml": "[tool.ruff]\n" };
  const project = { root: "a/b" };
  expect(facts({ files: root, project })).toMatchObject({ configFile: "pyproject.toml", lintConfigured: true });
  expect(facts({ files: { ...root, "a/ruff.toml": "" }, project }).configFile).toBe("a/ruff.toml");
  expect(facts({ files: { ...root, "a/b/pyproject.toml": "[project]\n" }, project }).configFile).toBe("pyproject.toml");
  const three = { "ruff.toml": "", ".ruff.toml": "" };
  expect(facts({ files: { ...root, "ruff.toml": "" } }).configFile).toBe("ruff.toml");
  expect(facts({ files: { ...root, ...three } }).configFile).toBe(".ruff.toml");
});

test("a pre-commit hook configures what it runs, and a comment nothing", () => {
  expect(facts({ files: { ".pre-commit-config.yaml": PRE_COMMIT } })).toMatchObject({
    lintConfigured: true,
    formatConfigured: false,
    formatter: null,
    pinned: "v0.4.10 (.pre-commit-config.yaml)",
  });
});

test.each<[string, Record<string, string>, string | null]>([
  ["ruff's table", { "ruff.toml": "[format]\n" }, "ruff"],
  ["black's table", { "pyproject.toml": "[tool.black]\n" }, "black"],
  ["both tables in one folder", { "pyproject.toml": "[tool.black]\n[tool.ruff.format]\n" }, "black"],
  ["ruff's table nearer than black's", { "pyproject.toml": "[tool.black]\n", "p/ruff.toml": "[format]\n" }, "ruff"],
  ["black's table nearer than ruff's", { "ruff.toml": "[format]\n", "p/pyproject.toml": "[tool.black]\n" }, "black"],
  [
    "ruff's hook beside black's table",
    { "pyproject.toml": "[tool.black]\n", ".pre-commit-config.yaml": "- id: ruff-format\n" },
    "ruff",
  ],
  [
    "black's hook beside ruff's table",
    { "ruff.toml": "[format]\n", ".pre-commit-config.yaml": "hooks: [{id: 'black'}]\n" },
    "black",
  ],
  ["ruff's table without a format", { "ruff.toml": "line-length = 99\n" }, null],
])("the formatter by %s", (_, files, formatter) => {
  expect(facts({ files, project: { root: "p" } })).toMatchObject({ formatter, formatConfigured: formatter === "ruff" });
});

test.each<[string, string, string | null]>([
  ["ruff.toml", 'required-version = ">=0.4"', ">=0.4 (ruff.toml)"],
  ["uv.lock", 'version = 1\n\n[[package]]\nname = "ruff"\nversion = "0.6.2"\n', "0.6.2 (uv.lock)"],
  ["poetry.lock", '[[package]]\r\nname = "ruff"\r\nversion = "0.6.3"\r\n', "0.6.3 (poetry.lock)"],
  ["uv.lock", '[[package]]\nname = "ruff-lsp"\nversion = "0.6.2"\n', null],
  ["requirements-dev.txt", "pytest\nruff == 0.5.0 ; python_version > '3'\n", "==0.5.0 (requirements-dev.txt)"],
  ["requirements.txt", "# ruff==1\nruff-lsp==0.1\nruff\n", null],
  ["setup.cfg", "[options.extras_require]\ndev =\n    ruff>=0.3,<0.4\n", ">=0.3,<0.4 (setup.cfg)"],
  ["pyproject.toml", '[dependency-groups]\ndev = ["ruff~=0.4.1"]\n', "~=0.4.1 (pyproject.toml)"],
  ["pyproject.toml", '[project.optional-dependencies]\nlint = ["ruff (>=0.1)"]\n', ">=0.1 (pyproject.toml)"],
  ["pyproject.toml", '[tool.poetry.group.dev.dependencies]\nruff = "^0.2"\n', "^0.2 (pyproject.toml)"],
  ["pyproject.toml", '[tool.poetry.dev-dependencies]\nruff = { version = "0.2.1" }\n', "0.2.1 (pyproject.toml)"],
  ["pyproject.toml", '[tool.poetry.dependencies]\nruff = "*"\n', null],
  ["pyproject.toml", '[dependency-groups]\ndev = ["ruff"]\n', null],
])("%s with %j pins %j", (path, text, pinned) => {
  const seen = facts({ files: { [path]: text, "a.py": "" } });
  expect(seen.pinned).toBe(pinned);
  expect(seen.embedded === null).toBe(pinned !== null);
});

test("the embedded ruff does not stand in where the options say so", () => {
  expect(facts({ files: { "a.py": "" }, options: { embedded: false } }).embedded).toBeNull();
});

test("what is not TOML is an error with its place, one for each file", () => {
  const broken = factsOf({
    files: { "pyproject.toml": "[tool.ruff]\nline-length = = 3\n", "a/ruff.toml": "[lint" },
    project: { root: "a" },
  });
  expect(broken).toMatchObject({
    ok: false,
    error: [
      { code: "SYM1451", location: { file: "a/ruff.toml", line: 1 } },
      { code: "SYM1451", location: { file: "pyproject.toml", line: 2, column: 15 }, excerpt: "line-length = = 3" },
    ],
  });
});

test("a date in a manifest is no reason to stop", () => {
  expect(
    facts({ files: { "pyproject.toml": "[tool.uv]\nexclude-newer = 2026-01-01T00:00:00Z\nx = nan\n" } }).configFile,
  ).toBeNull();
});

test("a project in a folder that the settings above exclude is told by which", () => {
  const excluder = (files: Record<string, string>, root: string): string | null =>
    facts({ files, project: { root } }).excludedBy;
  const above = { "pyproject.toml": '[tool.ruff]\nextend-exclude = ["examples", "/x", "a/b"]\n' };
  expect(excluder(above, "examples/p")).toBe("pyproject.toml");
  expect(excluder({ ...above, "examples/p/ruff.toml": "" }, "examples/p")).toBe("pyproject.toml");
  expect(excluder(above, "a/b")).toBe("pyproject.toml");
  expect(excluder(above, "c/a/b")).toBeNull();
  expect(excluder(above, "packages/dist")).toBe("pyproject.toml");
  expect(excluder({ "ruff.toml": 'exclude = ["x"]' }, "packages/dist")).toBeNull();
  expect(excluder({ "dist/ruff.toml": 'exclude = ["dist"]' }, "dist")).toBeNull();
  expect(facts({ files: above, project: { root: "examples" } })).toMatchObject({
    lintConfigured: false,
    formatConfigured: false,
  });
});

function extending(path: string): RuffFacts {
  return facts({ files: { "a/ruff.toml": `extend = '${path}'`, "a/b.py": "" }, project: { root: "a" } });
}

test("a file of the repository that the settings extend is an input", () => {
  expect(extending("../base.toml")).toMatchObject({ extends: ["base.toml"], unknownSettings: null });
  expect(extending("./conf/base.toml")).toMatchObject({ extends: ["a/conf/base.toml"], unknownSettings: null });
  expect(extending("..base.toml")).toMatchObject({ extends: ["a/..base.toml"], unknownSettings: null });
});

test.each(["../../base.toml", "../..", "~/base.toml", "$HOME/base.toml", "/etc/ruff.toml", "C:\\base.toml"])(
  "settings that extend %s are not known, and the file is named",
  (path) => {
    expect(extending(path)).toMatchObject({
      extends: [],
      unknownSettings: `a/ruff.toml extends ${path}, which is not a file of this repository`,
    });
  },
);

test("files that the settings include are inputs", () => {
  expect(facts({ files: { "ruff.toml": 'extend-include = ["*.pyx", "bin/*"]' } }).includes).toEqual([
    "**/*.pyx",
    "bin/*",
  ]);
});
