import { expect, test } from "vitest";
import { formatCheck } from "../../src/format.ts";
import { lint } from "../../src/lint.ts";
import { findingsOf, onDisk, run, type OnDisk, type RunOptions } from "./repository.ts";

/** Both ruffs over the same repository. */
function both(
  repository: OnDisk,
  atom: typeof lint,
  options: RunOptions = {},
): { readonly real: string[]; readonly embedded: string[] } {
  return {
    real: findingsOf(run(repository, atom, { ...options, tool: "ruff" })),
    embedded: findingsOf(run(repository, atom, { ...options, tool: "ruff-wasm" })),
  };
}

const SETTINGS = `
exclude = ["gen"]
extend-exclude = ["old/*.py", "./one.py"]
target-version = "py39"
[lint]
select = ["F", "I", "E711", "UP", "ERA"]
ignore = ["F841"]
exclude = ["unlinted.py"]
[lint.per-file-ignores]
"tests/*" = ["F"]
"!tests/*" = ["UP"]
"?.py" = ["E"]
[format]
quote-style = "single"
exclude = ["unformatted.py"]
`;

const CODE = "import os\nx = None\nprint(not x == None)\nfrom typing import List\n# import sys\n";

test("with the settings of a file both ruffs find the same", () => {
  const names = [
    "a.py",
    "gen/b.py",
    "old/x/c.py",
    "one.py",
    "tests/deep/t.py",
    "unlinted.py",
    "unformatted.py",
    "src/lib/d.py",
  ];
  using repository = onDisk({ "ruff.toml": SETTINGS, ...Object.fromEntries(names.map((name) => [name, CODE])) });
  const linted = both(repository, lint);
  expect(linted.embedded).toEqual(linted.real);
  expect(linted.real).toContain("tests/deep/t.py:4 UP035");
  expect(linted.real).not.toContain("old/x/c.py:4 UP035");
  const formatted = both(repository, formatCheck);
  expect(formatted.embedded.map(fileOf)).toEqual(formatted.real.map(fileOf));
  expect(formatted.real.length).toBeGreaterThan(3);
});

test("without settings both ruffs find the same, own modules included", () => {
  using repository = onDisk({
    "pyproject.toml": '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.9"\n',
    "src/own/__init__.py": "",
    "src/own/a.py": "import os\nimport own\nimport numpy\n\nmatch own:\n    case 1:\n        pass\n",
    "scripts/a.py": "import numpy\n\nimport own\n\nprint(numpy, own)\n",
    "tests/deep/__init__.py": "",
    "tests/deep/a.py": "import numpy\n\nimport deep\n\nprint(numpy, deep)\n",
    "tests/b.py": "import deep\nimport numpy\n\nprint(numpy, deep)\n",
    "bad.py": "x = 'é'\ndef f(:\n",
    "b.py": "\ufeffimport os\n",
  });
  const linted = both(repository, lint);
  expect(linted.embedded).toEqual(linted.real);
  expect(linted.real).toContain("src/own/a.py:5 invalid-syntax");
  const formatted = both(repository, formatCheck);
  expect(formatted.embedded.map(fileOf)).toEqual(formatted.real.map(fileOf));
  expect(formatted.embedded).toContain("bad.py:2 invalid-syntax");
});

test("the options reach the embedded ruff as they reach the other", () => {
  using repository = onDisk({
    "ruff.toml": 'lint.select = ["D"]\nlint.ignore = ["F401"]\nlint.extend-select = ["I"]\n',
    "p/a.py": "import os\n",
  });
  using old = onDisk({ "ruff.toml": 'select = ["D"]\nignore = ["F401"]\n', "a.py": "import os\n" });
  const replaced = both(old, lint, { options: { select: ["F"] } });
  expect(replaced).toEqual({ real: ["a.py:1 F401"], embedded: ["a.py:1 F401"] });
  for (const options of [{ select: ["F"] }, { ignore: ["D100"] }, { select: ["F", "D100"], ignore: ["D"] }]) {
    const linted = both(repository, lint, { options, project: { root: "p" } });
    expect(linted.embedded).toEqual(linted.real);
  }
});

test("columns count characters, after a byte order mark too", () => {
  using repository = onDisk({
    "a.py": "\ufeffimport os\n",
    "b.py": "x = '\u{1f600}é'; import os\n",
    "c.py": "x = '\u{1f600}é'; def f(:\n",
  });
  const places = (atom: typeof lint, tool: "ruff" | "ruff-wasm"): unknown => {
    const outcome = run(repository, atom, { tool, options: { select: ["F"] } });
    const findings = outcome.ok ? (outcome.value.evidence.findings ?? []) : [];
    return findings.filter(({ rule }) => rule !== "format").map(({ file, range }) => [file, range?.start.column]);
  };
  expect(places(lint, "ruff-wasm")).toEqual(places(lint, "ruff"));
  expect(places(formatCheck, "ruff-wasm")).toEqual([["c.py", 11]]);
  expect(places(formatCheck, "ruff-wasm")).toEqual(places(formatCheck, "ruff"));
});

test("stubs, notebooks and what is not UTF-8 are named as not checked", () => {
  using repository = onDisk({
    "a.pyi": "import os\n",
    "n.ipynb": "{}",
    "b.py": Buffer.from([0xff]),
    "c.py": "import os\n",
  });
  const outcome = run(repository, lint, { tool: "ruff-wasm", options: { select: ["F"] } });
  expect(findingsOf(outcome)).toEqual(["c.py:1 F401"]);
  expect(outcome).toMatchObject({
    value: {
      summary: "1 finding, 3 files not checked",
      evidence: { tool: "ruff-wasm", data: { notChecked: ["a.pyi", "n.ipynb", "b.py"] } },
    },
  });
});

test("settings that are not ruff's are broken with ruff's own reason", () => {
  using repository = onDisk({ "ruff.toml": 'selct = ["F"]\n', "a.py": "" });
  expect(run(repository, lint, { tool: "ruff-wasm" })).toMatchObject({
    ok: false,
    error: { code: "SYM4451", message: "ruff stopped with exit code 2: Error: unknown field `selct`" },
  });
});

interface Difference {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly options?: NonNullable<RunOptions["options"]>;
  readonly real: readonly string[];
  readonly embedded: readonly string[];
}

/** The differences that README.md states, so that none is stated that is not there. */
const DIFFERENCES: readonly Difference[] = [
  {
    title: "stubs are not checked",
    files: { "a.pyi": "import os\n" },
    options: { select: ["F"] },
    real: ["a.pyi:1 F401"],
    embedded: [],
  },
  {
    title: "manifests are not checked",
    files: { "pyproject.toml": "[project]\nname = 3\n", "a.py": "" },
    options: { select: ["RUF200"] },
    real: ["pyproject.toml:2 RUF200"],
    embedded: [],
  },
  {
    title: "no rule sees a file's folder",
    files: { "p/a.py": "" },
    options: { select: ["INP"] },
    real: ["p/a.py:1 INP001"],
    embedded: [],
  },
  {
    title: "a package's file is like any other",
    files: { "p/__init__.py": "x = 1\n" },
    options: { select: ["D1"] },
    real: ["p/__init__.py:1 D104"],
    embedded: ["p/__init__.py:1 D100"],
  },
  {
    title: "in preview mode rules have names",
    files: { "a.py": "import os\n" },
    options: { select: ["F401"], preview: true },
    real: ["a.py:1 F401"],
    embedded: ["a.py:1 unused-import"],
  },
  {
    title: "`extend` is not followed",
    files: {
      "ruff.toml": 'extend = "b.toml"\nlint.select = ["F"]\n',
      "b.toml": 'lint.per-file-ignores = { "a.py" = ["F"] }\n',
      "a.py": "import os\n",
    },
    real: [],
    embedded: ["a.py:1 F401"],
  },
  {
    title: "settings in folders below are not read",
    files: { "p/ruff.toml": 'exclude = ["a.py"]\n', "p/a.py": "import os\n" },
    options: { select: ["F"] },
    real: [],
    embedded: ["p/a.py:1 F401"],
  },
  {
    title: "`per-file-target-version` is not followed",
    files: {
      "ruff.toml": 'per-file-target-version = { "a.py" = "py38" }\n',
      "a.py": "match print:\n    case 1:\n        pass\n",
    },
    options: { select: ["F401"] },
    real: ["a.py:1 invalid-syntax"],
    embedded: [],
  },
];

test.each(DIFFERENCES)("a difference: $title", ({ files, options, real, embedded }) => {
  using repository = onDisk(files);
  expect(both(repository, lint, options ? { options } : {})).toEqual({ real, embedded });
});

test("a difference: Markdown is not checked, and no place is named in a file that would be reformatted", () => {
  using repository = onDisk({ "README.md": "```python\nx  = 1\n```\n", "a.py": "y = 1\nx  = 1\n" });
  expect(both(repository, formatCheck)).toEqual({
    real: ["README.md:2 format", "a.py:2 format"],
    embedded: ["a.py:0 format"],
  });
});

test("a difference: no fix is promised to be safe, and no page explains the rule", () => {
  using repository = onDisk({ "a.py": "import os\n" });
  const options = { select: ["F"] };
  const ofEmbedded = run(repository, lint, { options, tool: "ruff-wasm" });
  expect(run(repository, lint, { options })).toMatchObject({
    value: { evidence: { findings: [{ fix: { applicability: "safe" }, helpUrl: expect.any(String) }] } },
  });
  expect(ofEmbedded).toMatchObject({ value: { evidence: { findings: [{ fix: { applicability: "unsafe" } }] } } });
  expect(ofEmbedded).not.toHaveProperty("value.evidence.findings.0.helpUrl");
});

test("a difference: a file that git ignores although it holds it is checked, and a module of another project is foreign", () => {
  using repository = onDisk({
    ".gitignore": "kept.py\n",
    "kept.py": "import os\n",
    "other/shared/__init__.py": "",
    "ruff.toml": 'src = ["other"]\n',
    "a.py": "import numpy\n\nimport shared\n\nprint(numpy, shared)\n",
  });
  const linted = both(repository, lint, { options: { select: ["F", "I"] }, project: { nested: ["other"] } });
  expect(linted).toEqual({ real: [], embedded: ["a.py:1 I001", "kept.py:1 F401"] });
});

function fileOf(finding: string): string {
  return finding.slice(0, finding.indexOf(":"));
}
