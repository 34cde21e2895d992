import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { findingsOf, onDisk, pythonProgram, validate, type OnDisk } from "../../../../test/support/validators.ts";
import { python } from "@symbiotic-build/plugin-python";
import { mypy } from "../../src/index.ts";

const PYTHON = pythonProgram("tools", "python");
const RUN = { atom: "mypy", programs: { "{python}": PYTHON }, beside: [python()] };
const PROJECT = '[project]\nname = "a"\n';

const WRONG = `from pkg.b import shout


def add(x: int, y: int) -> int:
    return x + y


add("1", 2)
value: int = shout("a")
`;

const SHOUT = { "pkg/__init__.py": "", "pkg/b.py": "def shout(text: str) -> str:\n    return text.missing()\n" };

test("what is found is what mypy finds by hand", () => {
  using repository = onDisk({ "pyproject.toml": PROJECT, "a.py": WRONG, ...SHOUT });
  expect(findingsOf(validate(mypy(), repository, RUN))).toEqual(byHand(repository));
  expect(byHand(repository)).toEqual(["a.py:8 arg-type", "a.py:9 assignment", "pkg/b.py:2 attr-defined"]);
});

test("a clean repository is clean", () => {
  using repository = onDisk({ "pyproject.toml": PROJECT, "a.py": "x: int = 1\n" });
  expect(validate(mypy(), repository, RUN)).toMatchObject({ ok: true, value: { summary: "ok" } });
});

test("inline suppressions and the settings of the repository count", () => {
  const settings =
    '[tool.mypy]\nexclude = ["^pkg/skipped"]\n[[tool.mypy.overrides]]\nmodule = "pkg.b"\nignore_errors = true\n';
  using repository = onDisk({
    "pyproject.toml": `${PROJECT}${settings}`,
    "a.py": WRONG.replace(", 2)", ", 2)  # type: ignore[arg-type]").replace('("a")', '("a")  # type: ignore'),
    "pkg/skipped.py": 'x: int = ""\n',
    "lib/pyproject.toml": '[project]\nname = "lib"\n',
    "lib/l.py": 'x: int = ""\n',
    ...SHOUT,
  });
  expect(findingsOf(validate(mypy(), repository, { ...RUN, project: "a" }))).toEqual([]);
});

test("a project reports on its own files, though mypy follows imports into others", () => {
  using repository = onDisk({
    "mypy.ini": "[mypy]\nmypy_path = lib\nexclude = ^lib/old/\n",
    "app/pyproject.toml": '[project]\nname = "app"\ndependencies = ["lib"]\n',
    "app/a.py": WRONG,
    "lib/pyproject.toml": '[project]\nname = "lib"\n',
    "lib/pkg/__init__.py": "",
    "lib/pkg/b.py": SHOUT["pkg/b.py"],
    "lib/old/c.py": 'x: int = ""\n',
  });
  const app = findingsOf(validate(mypy(), repository, { ...RUN, project: "app" }));
  const lib = findingsOf(validate(mypy(), repository, { ...RUN, project: "lib" }));
  expect(app).toEqual(["app/a.py:8 arg-type", "app/a.py:9 assignment"]);
  expect(lib).toEqual(["lib/pkg/b.py:2 attr-defined"]);
  expect([...app, ...lib]).toEqual(byHand(repository));
});

test("settings in a user's own folder change nothing", () => {
  using user = onDisk({ ".mypy.ini": "[mypy]\nignore_errors = True\n" });
  using repository = onDisk({ "pyproject.toml": PROJECT, "a.py": 'x: int = ""\n' });
  const run = { ...RUN, env: { HOME: user.root, USERPROFILE: user.root } };
  expect(findingsOf(validate(mypy(), repository, run))).toEqual(["a.py:1 assignment"]);
});

test("strict paths are checked strictly, and nothing else is", () => {
  using repository = onDisk({
    "pyproject.toml": PROJECT,
    "old.py": "def f(x):\n    return x\n",
    "new/n.py": "from old import f\n\n\ndef g(x):\n    return f(x)\n",
  });
  const use = mypy({ strict: "paths", strictPaths: ["new"] });
  expect(findingsOf(validate(use, repository, RUN))).toEqual([]);
  const strict = ["new/n.py:4 no-untyped-def", "new/n.py:5 no-untyped-call"];
  expect(findingsOf(validate(use, repository, { ...RUN, atom: "mypy-strict" }))).toEqual(strict);
  const all = findingsOf(validate(mypy({ strict: "all" }), repository, RUN));
  expect(all).toEqual([...strict, "old.py:1 no-untyped-def"]);
});

test("what changed is checked strictly where a run compares, and nothing else is", () => {
  using repository = onDisk({
    "pyproject.toml": PROJECT,
    "old.py": "def f(x):\n    return x\n",
    "new.py": "from old import f\n\n\ndef g(x):\n    return f(x)\n",
  });
  const run = { ...RUN, atom: "mypy-strict" };
  const use = mypy({ strict: "changed" });
  expect(findingsOf(validate(use, repository, { ...run, changed: ["new.py", "README.md"] }))).toEqual([
    "new.py:4 no-untyped-def",
    "new.py:5 no-untyped-call",
  ]);
  expect(findingsOf(validate(use, repository, { ...run, changed: ["README.md"] }))).toEqual([]);
  expect(findingsOf(validate(use, repository, run))).toEqual([]);
});

test("a file that is no Python is a finding", () => {
  using repository = onDisk({ "pyproject.toml": PROJECT, "bad.py": "def f(:\n" });
  expect(findingsOf(validate(mypy(), repository, RUN))).toEqual(["bad.py:1 syntax", "bad.py:2 syntax"]);
});

test("settings that leave out every file leave nothing to find", () => {
  using repository = onDisk({ "pyproject.toml": `${PROJECT}[tool.mypy]\nexclude = "a"\n`, "a.py": WRONG });
  expect(validate(mypy(), repository, RUN)).toMatchObject({ ok: true, value: { summary: "no files" } });
});

test.each([
  ["python_version = 2.7", "no longer supports checking Python 2"],
  ["plugins = nowhere", 'Error importing plugin "nowhere"'],
])("settings that mypy cannot use are a clear error: %s", (line, said) => {
  using repository = onDisk({ "pyproject.toml": PROJECT, "mypy.ini": `[mypy]\n${line}\n`, "a.py": "x = 1\n" });
  expect(validate(mypy(), repository, RUN)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining(said), hint: expect.any(String) },
  });
});

function byHand({ root }: OnDisk): string[] {
  const argv = ["-m", "mypy", ".", "--cache-dir", "hand"];
  const done = spawnSync(PYTHON, argv, { cwd: root, encoding: "utf8" });
  const lines = [...done.stdout.matchAll(/^(.+?):(\d+): error: .* {2}\[([a-z-]+)\]$/gm)];
  return lines.map(([, file, line, code]) => `${String(file)}:${String(line)} ${String(code)}`).sort();
}

test("a module of the repository with the name of one that mypy needs is not taken for it", () => {
  using repository = onDisk({
    "pyproject.toml": '[project]\nname = "a"\n[tool.mypy]\n',
    "pathspec.py": "raise SystemExit(7)\n",
  });
  expect(findingsOf(validate(mypy(), repository, RUN))).toEqual([]);
});
