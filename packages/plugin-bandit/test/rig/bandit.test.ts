import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import {
  findingsOf,
  onDisk,
  python,
  pythonProgram,
  validate,
  type OnDisk,
} from "../../../../test/support/validators.ts";
import { bandit } from "../../src/index.ts";

const PYTHON = pythonProgram("tools", "python");
const RUN = { atom: "bandit", programs: { "{python}": PYTHON }, beside: [python()] };

const UNSAFE = "import pickle\n\n\ndef load(data, shell=True):\n    return pickle.loads(data)\n";

test("what is found is what bandit finds by hand", () => {
  using repository = onDisk({
    "pyproject.toml": '[project]\nname = "a"\n',
    "a.py": UNSAFE,
    "b/c.py": "assert 1\n",
    "bad.py": "def f(:\n",
  });
  expect(findingsOf(validate(bandit(), repository, RUN))).toEqual(
    [...byHand(repository), "bad.py:0 unreadable"].sort(),
  );
  expect(byHand(repository)).toContain("a.py:5 B301");
});

test("inline suppressions and the settings of the repository count", () => {
  using repository = onDisk({
    "pyproject.toml": '[project]\nname = "a"\n[tool.bandit]\nskips = ["B403"]\n',
    "a.py": UNSAFE.replace("loads(data)", "loads(data)  # nosec"),
  });
  expect(findingsOf(validate(bandit(), repository, RUN))).toEqual([]);
});

test("a module of the project that is called as one that bandit needs is not imported", () => {
  using repository = onDisk({
    "pyproject.toml": '[project]\nname = "a"\n',
    "a.py": UNSAFE,
    "yaml.py": "raise SystemExit(9)\n",
  });
  expect(findingsOf(validate(bandit(), repository, RUN))).toContain("a.py:5 B301");
});

test("files that git ignores and folders of other projects are left out", () => {
  using repository = onDisk({
    "pyproject.toml": '[project]\nname = "a"\n',
    "lib/pyproject.toml": '[project]\nname = "lib"\n',
    "lib/b.py": UNSAFE,
    ".venv/lib/c.py": UNSAFE,
    "a.py": "x = 1\n",
  });
  const own = { ...repository, files: withoutEnvironment(repository.files) };
  expect(findingsOf(validate(bandit(), own, { ...RUN, project: "a" }))).toEqual([]);
  expect(findingsOf(validate(bandit(), own, { ...RUN, project: "lib" }))).toEqual([
    "lib/b.py:1 B403",
    "lib/b.py:5 B301",
  ]);
});

test("settings that bandit cannot use are a clear error", () => {
  using repository = onDisk({
    "pyproject.toml": '[project]\nname = "a"\n[tool.bandit]\ntests = ["B999"]\n',
    "a.py": UNSAFE,
  });
  expect(validate(bandit(), repository, RUN)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining("No tests would be run"), hint: expect.any(String) },
  });
});

function byHand({ root }: OnDisk): string[] {
  const done = spawnSync(PYTHON, ["-m", "bandit", "-r", ".", "-f", "json", "-q"], { cwd: root, encoding: "utf8" });
  const { results } = JSON.parse(done.stdout) as {
    results: { filename: string; line_number: number; test_id: string }[];
  };
  return results.map((each) => `${each.filename.slice(2)}:${String(each.line_number)} ${each.test_id}`).sort();
}

function withoutEnvironment(files: OnDisk["files"]): OnDisk["files"] {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith(".venv")));
}
