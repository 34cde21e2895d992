import { expect, test } from "vitest";
import { formatCheck } from "../../src/format.ts";
import { findingsOf, onDisk, ruffByHand, run, runTogether } from "./repository.ts";

const UGLY = "x  = 1\n";

test("each file that would change is one finding, and the file stays as it is", () => {
  using repository = onDisk({ "pkg/a.py": UGLY, "pkg/b.py": "x = 1\ny  = 2\nz  = 3\n", "pkg/c.py": "x = 1\n" });
  const outcome = run(repository, formatCheck, { project: { root: "pkg" } });
  expect(findingsOf(outcome)).toEqual(["pkg/a.py:1 format", "pkg/b.py:2 format"]);
  expect(outcome).toMatchObject({ value: { status: "ok", summary: "2 files", evidence: { tool: "ruff" } } });
  expect(findingsOf(run(repository, formatCheck))).toEqual(findingsOf(outcome));
});

test("a formatted project is ok", () => {
  using repository = onDisk({ "a.py": "x = 1\n" });
  expect(run(repository, formatCheck)).toMatchObject({ ok: true, value: { status: "ok", summary: "ok" } });
});

test("the Python in Markdown counts, as ruff formats it too", () => {
  using repository = onDisk({ "README.md": "# A\n\n```python\nx  = 1\n```\n", "a.py": "x = 1\n" });
  expect(findingsOf(run(repository, formatCheck))).toEqual(["README.md:4 format"]);
});

test("a file that ruff cannot parse or read is a finding beside the others", () => {
  using repository = onDisk({ "a.py": "def f(:\n", "b.py": UGLY, "c.py": Buffer.from([0x78, 0xff, 0x0a]) });
  const outcome = run(repository, formatCheck);
  expect(findingsOf(outcome)).toEqual(["a.py:1 invalid-syntax", "b.py:1 format", "c.py:0 io"]);
  expect(outcome).toMatchObject({ value: { summary: "3 files" } });
});

test("the union over all projects is what ruff says at the root", () => {
  using repository = onDisk({
    "pyproject.toml": '[tool.ruff.format]\nexclude = ["skip.py"]\nquote-style = "single"\n',
    "m.py": 'x = "a"\n',
    "skip.py": UGLY,
    "a/ruff.toml": "",
    "a/m.py": "x = 'a'\n",
    "a/bad.py": "def f(:\n",
  });
  const projects = [
    { root: ".", nested: ["a"] },
    { root: "a", nested: [] },
  ];
  const union = projects.flatMap((project) => findingsOf(run(repository, formatCheck, { project }))).sort();
  const byHand = ruffByHand(repository, ["format", "--check"]).map((line) => line.replace("unformatted", "format"));
  expect(union).toEqual(byHand);
  expect(union).toEqual(["a/bad.py:1 invalid-syntax", "a/m.py:1 format", "m.py:1 format"]);
});

test("settings that ruff cannot read are broken with ruff's own reason", () => {
  using repository = onDisk({ "ruff.toml": 'required-version = "==0.3.3"\n', "a.py": UGLY });
  expect(run(repository, formatCheck)).toMatchObject({
    ok: false,
    error: { code: "SYM4451", message: expect.stringContaining("Required version") },
  });
});

test("one ruff for several projects says of each what it says of that one alone", () => {
  using repository = onDisk({
    "ruff.toml": '[format]\nquote-style = "single"\n',
    "a/m.py": UGLY,
    "ab/m.py": "x = 'a'\n",
    "ab/n.py": 'x = "a"\n',
    "ab/README.md": "# A\n\n```python\nx  = 1\n```\n",
    "b/pyproject.toml": '[tool.ruff.format]\nquote-style = "double"\nexclude = ["skip.py"]\n',
    "b/src/m.py": "x = 'a'\n",
    "b/skip.py": UGLY,
    "clean/m.py": "X = 1\n",
  });
  const projects = [{ root: "a" }, { root: "ab" }, { root: "b" }, { root: "clean" }] as const;
  const together = runTogether(repository, formatCheck, projects);
  expect(together).toEqual(projects.map((project) => run(repository, formatCheck, { project })));
  expect(together.map((one) => findingsOf(one).length)).toEqual([1, 2, 1, 0]);
});

test("what the settings of the linter mean for the formatter is said once, and keeps nothing apart", () => {
  using repository = onDisk({ "ruff.toml": '[lint]\nselect = ["COM812"]\n', "a/m.py": UGLY, "b/m.py": UGLY });
  expect(runTogether(repository, formatCheck, [{ root: "a" }, { root: "b" }])).toMatchObject([
    { ok: true, value: { summary: "1 file" } },
    { ok: true, value: { summary: "1 file" } },
  ]);
});

test("a file that cannot be parsed is not divided: each project is then judged alone", () => {
  using repository = onDisk({ "ruff.toml": "", "a/m.py": "def f(:\n", "b/m.py": UGLY });
  expect(runTogether(repository, formatCheck, [{ root: "a" }, { root: "b" }])).toMatchObject([
    { ok: false, error: { code: "SYM4454" } },
  ]);
});
