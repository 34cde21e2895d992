import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { python } from "@symbiotic-build/plugin-python";
import { expect, test } from "vitest";
import { findingsOf, onDisk, pythonProgram, validate, type OnDisk } from "../../../../test/support/validators.ts";
import { black } from "../../src/index.ts";

const PYTHON = pythonProgram("tools", "python");
const RUN = { atom: "black", programs: { "{python}": PYTHON }, beside: [python()] };
const PROJECT = '[project]\nname = "a"\n[tool.black]\n';
const UGLY = "x = {'a':1}\n";

test("what is found is what black finds by hand, and no file is changed", () => {
  using repository = onDisk({
    "pyproject.toml": PROJECT,
    "a.py": UGLY,
    "b/ok.py": "x = 1\n",
    "b/s.pyi": "def  f(): ...\n",
    "bad.py": "x = 1\ndef f(:\n",
  });
  expect(findingsOf(validate(black(), repository, RUN))).toEqual(byHand(repository));
  expect(byHand(repository)).toEqual(["a.py:0 format", "b/s.pyi:0 format", "bad.py:2 invalid-syntax"]);
  expect(readFileSync(join(repository.root, "a.py"), "utf8")).toBe(UGLY);
});

test("a clean repository is clean", () => {
  using repository = onDisk({ "pyproject.toml": PROJECT, "a.py": "x = 1\n" });
  expect(validate(black(), repository, RUN)).toMatchObject({ ok: true, value: { summary: "ok" } });
});

test("inline suppressions and the settings of the repository count", () => {
  using repository = onDisk({
    "pyproject.toml": `${PROJECT}skip-string-normalization = true\nextend-exclude = "^/old"\n`,
    "a.py": `# fmt: off\n${UGLY}`,
    "b.py": "x = 'a'\n",
    "old/c.py": UGLY,
  });
  expect(findingsOf(validate(black(), repository, RUN))).toEqual([]);
});

test("files that git ignores and folders of other projects are left out", () => {
  using repository = onDisk({
    "pyproject.toml": PROJECT,
    ".gitignore": "made.py\n",
    "made.py": UGLY,
    "lib/pyproject.toml": '[project]\nname = "lib"\n',
    "lib/b.py": UGLY,
    "venv/c.py": UGLY,
    "a.py": "x = 1\n",
  });
  const own = { ...repository, files: withoutIgnored(repository.files) };
  expect(findingsOf(validate(black(), own, { ...RUN, project: "a" }))).toEqual([]);
  expect(findingsOf(validate(black(), own, { ...RUN, project: "lib" }))).toEqual(["lib/b.py:0 format"]);
});

test("settings in a user's own folder change nothing", () => {
  using user = onDisk({ ".config/black": "[tool.black]\nskip-string-normalization = true\n" });
  using repository = onDisk({
    ".pre-commit-config.yaml": "repos:\n- repo: x\n  hooks:\n  - id: black\n",
    "a.py": "x = 'a'\n",
  });
  const home = { HOME: user.root };
  expect(byHand(repository, home)).toEqual([]);
  expect(findingsOf(validate(black(), repository, { ...RUN, env: home }))).toEqual(["a.py:0 format"]);
});

test.each([
  ['line-length = "x"', "'x' is not a valid integer"],
  ['required-version = "9"', "The required version `9` does not match"],
])("settings that black cannot use are a clear error: %s", (line, said) => {
  using repository = onDisk({ "pyproject.toml": `${PROJECT}${line}\n`, "a.py": UGLY });
  expect(validate(black(), repository, RUN)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining(said), hint: expect.any(String) },
  });
});

function byHand({ root }: OnDisk, env: Readonly<Record<string, string>> = {}): string[] {
  const done = spawnSync(PYTHON, ["-m", "black", "--check", "."], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  const text = done.stderr.replaceAll(`${root}/`, "");
  const reformat = [...text.matchAll(/^would reformat (.*)$/gm)].map(([, file]) => `${String(file)}:0 format`);
  const bad = [...text.matchAll(/^error: cannot parse: (.*):(\d+):\d+$/gm)].map(
    ([, file, line]) => `${String(file)}:${String(line)} invalid-syntax`,
  );
  return [...reformat, ...bad].sort();
}

function withoutIgnored(files: OnDisk["files"]): OnDisk["files"] {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path !== "made.py" && !path.startsWith("venv/")));
}

test("a module of the repository with the name of one that black needs is not taken for it", () => {
  using repository = onDisk({ "pyproject.toml": "[tool.black]\n", "click.py": 'raise SystemExit("not this one")\n' });
  expect(findingsOf(validate(black(), repository, RUN))).toEqual([]);
});
