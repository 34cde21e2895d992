import { expect, test } from "vitest";
import { lint } from "../../src/lint.ts";
import { contextOf, withTool } from "../context.ts";
import { findingsOf, onDisk, ruffByHand, run, runTogether } from "./repository.ts";

const UNUSED = "import os\n";
const NOTEBOOK = JSON.stringify({
  cells: ["import os\nprint(1)", "import sys"].map((source, index) => ({
    cell_type: "code",
    execution_count: null,
    id: `cell-${String(index)}`,
    metadata: {},
    outputs: [],
    source,
  })),
  metadata: { language_info: { name: "python" } },
  nbformat: 4,
  nbformat_minor: 5,
});

test("findings are named from the repository's root, whichever project they lie in", () => {
  using repository = onDisk({ "pkg/pyproject.toml": "", "pkg/src/a.py": "import os\nprint(missing)\n" });
  const outcome = run(repository, lint, { project: { root: "pkg" }, options: { select: ["F"] } });
  expect(findingsOf(outcome)).toEqual(["pkg/src/a.py:1 F401", "pkg/src/a.py:2 F821"]);
  expect(outcome).toMatchObject({ ok: true, value: { status: "ok", summary: "2 findings" } });
});

test("a clean project is ok, and so is one whose files the settings leave out", () => {
  using repository = onDisk({ "a.py": "x = 1\n", "b/c.py": UNUSED, "b/ruff.toml": 'exclude = ["*"]\n' });
  expect(run(repository, lint)).toMatchObject({
    ok: true,
    value: { status: "ok", summary: "ok", evidence: { findings: [] } },
  });
  expect(run(repository, lint, { project: { root: "b" } })).toMatchObject({ ok: true, value: { summary: "ok" } });
});

test("the union over all projects is what ruff says at the root", () => {
  using repository = onDisk({
    "pyproject.toml":
      '[tool.ruff]\nextend-exclude = ["gen"]\nlint.select = ["F", "I", "INP", "D100"]\n[tool.ruff.lint.per-file-ignores]\n"a/tests/*" = ["D"]\n',
    "m.py": "import os\nimport a\n",
    "gen/x.py": UNUSED,
    "a/pyproject.toml": "[project]\nname='a'\nversion='1'\n",
    "a/m.py": UNUSED,
    "a/bad.py": "def f(:\n",
    "a/tests/sub/t.py": UNUSED,
    "a/b/ruff.toml": 'extend = "../../base.toml"\n',
    "a/b/m.py": "import os\nimport sys, re\n",
    "base.toml": 'lint.select = ["E4"]\n',
  });
  const projects = [
    { root: ".", nested: ["a"] },
    { root: "a", nested: ["a/b"] },
    { root: "a/b", nested: [] },
  ];
  const union = projects.flatMap((project) => findingsOf(run(repository, lint, { project }))).sort();
  expect(union).toEqual(ruffByHand(repository));
  expect(union).toContain("a/b/m.py:2 E401");
  expect(union).toContain("a/bad.py:1 invalid-syntax");
});

test("a folder that the settings above exclude is skipped, as ruff at the root skips it", () => {
  using repository = onDisk({
    "ruff.toml": 'extend-exclude = ["examples"]\n',
    "examples/p/pyproject.toml": "[tool.ruff]\n",
    "examples/p/m.py": UNUSED,
  });
  expect(ruffByHand(repository)).toEqual([]);
  const project = { root: "examples/p" };
  expect(findingsOf(run(repository, lint, { project }))).not.toEqual([]);
  expect(lint.applies?.(contextOf({ files: repository.files, project }))).toEqual({
    skipped: "ruff.toml excludes this folder from ruff",
  });
});

test("what git ignores is not linted", () => {
  using repository = onDisk({
    ".gitignore": "build/\n",
    "build/m.py": UNUSED,
    "p/m.py": UNUSED,
    "p/.gitignore": "skip.py\n",
    "p/skip.py": UNUSED,
  });
  const select = { options: { select: ["F"] } };
  expect(findingsOf(run(repository, lint, select))).toEqual(["p/m.py:1 F401"]);
  expect(findingsOf(run(repository, lint, { ...select, project: { root: "p" } }))).toEqual(["p/m.py:1 F401"]);
});

test("a notebook's rows count within the cell that the message names", () => {
  using repository = onDisk({ "n.ipynb": NOTEBOOK });
  const outcome = run(repository, lint, { options: { select: ["F"] } });
  expect(findingsOf(outcome)).toEqual(["n.ipynb:1 F401", "n.ipynb:1 F401"]);
  expect(outcome).toMatchObject({
    value: {
      evidence: {
        findings: [{ message: "`os` imported but unused (cell 1)" }, { message: "`sys` imported but unused (cell 2)" }],
      },
    },
  });
});

test("a finding says where it ends, how to read more, and whether its fix is safe", () => {
  using repository = onDisk({ "a.py": "import os\nif 1 in [1, 1]: pass\nx = None\nprint(not x == None)\n" });
  expect(run(repository, lint, { options: { select: ["F", "E711"] } })).toMatchObject({
    value: {
      evidence: {
        findings: [
          {
            tool: "ruff",
            rule: "F401",
            level: "error",
            file: "a.py",
            range: { start: { line: 1, column: 8 }, end: { line: 1, column: 10 } },
            helpUrl: "https://docs.astral.sh/ruff/rules/unused-import",
            fix: { applicability: "safe", message: "Remove unused import: `os`" },
          },
          { rule: "E711", fix: { applicability: "unsafe" } },
        ],
      },
    },
  });
});

test("settings that would fix, or print something else, change nothing", () => {
  using repository = onDisk({
    "ruff.toml": 'fix = true\nfix-only = true\nunsafe-fixes = true\nshow-fixes = true\noutput-format = "github"\n',
    "a.py": "import os\n",
  });
  const lintOnce = (): string[] => findingsOf(run(repository, lint, { options: { select: ["F"] } }));
  expect(lintOnce()).toEqual(["a.py:1 F401"]);
  expect(lintOnce()).toEqual(["a.py:1 F401"]);
});

test("the options select, ignore and switch preview mode", () => {
  using repository = onDisk({
    "ruff.toml": 'lint.select = ["D"]\nlint.ignore = ["F401"]\n',
    "a.py": "import os\nx=1\n",
  });
  expect(findingsOf(run(repository, lint, { options: { select: ["F"] } }))).toEqual(["a.py:1 F401"]);
  expect(findingsOf(run(repository, lint, { options: { ignore: ["D100"] } }))).toEqual([]);
  const spacing = { select: ["E225"] };
  expect(findingsOf(run(repository, lint, { options: { ...spacing, preview: true } }))).toEqual(["a.py:2 E225"]);
  expect(findingsOf(run(repository, lint, { options: { ...spacing, preview: false } }))).toEqual([]);
});

test("a user's own settings are not read", () => {
  using home = onDisk({
    ".config/ruff/ruff.toml": 'lint.ignore = ["F401"]\n',
    "ruff/ruff.toml": 'lint.ignore = ["F401"]\n',
  });
  using repository = onDisk({ "a.py": UNUSED });
  const env = { HOME: home.root, XDG_CONFIG_HOME: home.root };
  expect(findingsOf(run(repository, lint, { env }))).toContain("a.py:1 F401");
});

test("a ruff that the repository does not want is broken with ruff's own reason", () => {
  using repository = onDisk({ "ruff.toml": 'required-version = "==0.3.3"\n', "a.py": UNUSED });
  expect(run(repository, lint)).toMatchObject({
    ok: false,
    error: {
      code: "SYM4451",
      message: expect.stringMatching(
        /^ruff stopped with exit code 2: Required version `==0\.3\.3` does not match the running version/,
      ),
      hint: expect.stringContaining("install the ruff"),
    },
  });
});

test("a rule that ruff does not know is broken, and the message names it", () => {
  using repository = onDisk({ "ruff.toml": 'lint.select = ["ZZZ9"]\n', "a.py": UNUSED });
  const outcome = run(repository, lint);
  expect(outcome).toMatchObject({ ok: false, error: { code: "SYM4451", hint: expect.stringContaining("selector") } });
  expect(outcome).toMatchObject({ error: { message: expect.stringContaining("ZZZ9") } });
});

test("a file that is not UTF-8 is a finding", () => {
  using repository = onDisk({ "a.py": Buffer.from([0x78, 0xff, 0x0a]), "b.py": UNUSED });
  expect(findingsOf(run(repository, lint, { options: { select: ["F", "E9"] } }))).toEqual([
    "a.py:1 E902",
    "b.py:1 F401",
  ]);
});

test("one ruff for several projects says of each what it says of that one alone", () => {
  using repository = onDisk({
    "ruff.toml": 'lint.select = ["F", "I", "INP", "E4"]\n',
    "a/m.py": "import os\nimport a\n",
    "ab/m.py": "import sys, re\nimport ab.n\n",
    "ab/n.py": "def f(:\n",
    "b/pyproject.toml": '[tool.ruff.lint]\nselect = ["E7"]\n',
    "b/src/m.py": "import os\nx = os == None\n",
    "clean/m.py": "X = 1\n",
    "clean/__init__.py": "",
  });
  const projects = [{ root: "a" }, { root: "ab" }, { root: "b" }, { root: "clean" }] as const;
  const together = runTogether(repository, lint, projects);
  expect(together).toEqual(projects.map((project) => run(repository, lint, { project })));
  expect(together.map((one) => findingsOf(one).length)).toEqual([4, 9, 1, 0]);
});

test("what ruff warns of is not divided: each project is then judged alone", () => {
  using repository = onDisk({
    "ruff.toml": 'select = ["F"]\n',
    "a/m.py": UNUSED,
    "b/m.py": UNUSED,
  });
  expect(runTogether(repository, lint, [{ root: "a" }, { root: "b" }])).toMatchObject([
    { ok: false, error: { code: "SYM4454" } },
  ]);
});

test("alone are a project without settings, one with others inside, and the root", () => {
  const keyOf = (files: Record<string, string>, project: object): string | undefined =>
    lint.batch?.key(withTool(contextOf({ files: { "a/m.py": UNUSED, ...files }, project })));
  const settings = { "ruff.toml": "" };
  expect(keyOf(settings, { root: "a" })).toBe("configured");
  expect(keyOf({}, { root: "a" })).toBeUndefined();
  expect(keyOf(settings, { root: "a", nested: ["a/b"] })).toBeUndefined();
  expect(keyOf(settings, { root: "." })).toBeUndefined();
});
