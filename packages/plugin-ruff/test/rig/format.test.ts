import { expect, test } from "vitest";
import { formatCheck } from "../../src/format.ts";
import { findingsOf, onDisk, ruffByHand, run } from "./repository.ts";

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
