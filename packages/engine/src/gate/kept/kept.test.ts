import { expect, test } from "vitest";
import type { ChangedText } from "./changed-text.ts";
import { decideKept, weakeningsIn } from "./checks-kept.ts";
import { isTestFile } from "./test-file.ts";

const BASELINE = ".symbiotic-baseline.json";

/** `rule file:line message`, of a change of one file. */
function signs(path: string, before: string | undefined, after: string | undefined): string[] {
  return signsOf([{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }]);
}

function signsOf(changes: readonly ChangedText[]): string[] {
  return weakeningsIn(changes, BASELINE).map(
    ({ rule, file, range, message }) => `${rule} ${file}:${String(range?.start.line ?? 0)} ${message}`,
  );
}

test.each([
  ["a.py", "x = 1  # noqa", "noqa"],
  ["a.py", "x = 1  # noqa: F401, E402", "noqa: F401, E402"],
  ["a.py", "# ruff: noqa", "ruff: noqa"],
  ["a.py", "x: int = ''  # type: ignore[assignment]", "type: ignore[assignment]"],
  ["a.py", "# mypy: ignore-errors", "mypy: ignore-errors"],
  ["a.py", "eval(x)  # nosec B307", "nosec B307"],
  ["a.py", "def f():  # pragma: no cover", "pragma: no cover"],
  ["a.py", "# fmt: off", "fmt: off"],
  ["a.py", "# pylint: disable=invalid-name", "pylint: disable=invalid-name"],
  ["a.ts", "// @ts-expect-error", "@ts-expect-error"],
  ["a.ts", "// eslint-disable-next-line no-console", "eslint-disable-next-line"],
  ["a.css", "/* prettier-ignore */", "prettier-ignore"],
  ["a.yaml", "key: x # gitleaks:allow", "gitleaks:allow"],
  ["a.py", "x()  # nosemgrep", "nosemgrep"],
])("in %s, %j is a new suppression", (path, line, found) => {
  expect(signs(path, "", `\n${line}\n`)).toEqual([`new-suppression ${path}:2 a new suppression: ${found}`]);
});

test("a suppression that was there may move and its line may change; one more of it counts", () => {
  expect(signs("a.py", "import os  # noqa: F401\n", "\n\nimport sys  # noqa: F401\n")).toEqual([]);
  expect(signs("a.py", "import os  # noqa: F401\n", "import os  # noqa: F401\nimport sys  # noqa: F401\n")).toEqual([
    "new-suppression a.py:2 a new suppression: noqa: F401",
  ]);
  expect(signs("a.py", "x  # noqa: F401\n", "x\n")).toEqual([]);
});

test.each([
  ["tests/test_a.py", "@pytest.mark.skip(reason='later')"],
  ["tests/test_a.py", "@pytest.mark.xfail"],
  ["tests/test_a.py", "    pytest.skip('no')"],
  ["tests/test_a.py", "@unittest.skipIf(True, '')"],
  ["src/a.test.ts", "it.skip('x', () => {})"],
  ["src/a.test.ts", "describe.only('x', () => {})"],
  ["src/a.test.ts", "xit('x', () => {})"],
])("in %s, %j skips tests", (path, line) => {
  expect(signs(path, "", line)).toMatchObject([expect.stringMatching(/^skipped-test/)]);
});

test("a hook that decides what runs is a sign in conftest.py, and nowhere but in tests", () => {
  const hook = "def pytest_collection_modifyitems(items):\n    items.clear()\n";
  expect(signs("conftest.py", "", hook)).toMatchObject([expect.stringMatching(/^changed-collection conftest.py:1/)]);
  expect(signs("src/hooks.py", "", hook)).toEqual([]);
});

test("a test that is gone is a sign, with its file or without; one that went to another file is not", () => {
  const [one, two] = ["def test_one():\n    assert 1\n", "async def test_two(db):\n    assert 2\n"];
  expect(signs("tests/test_a.py", one + two, two)).toEqual([
    "fewer-assertions tests/test_a.py:0 1 assertions where there were 2",
    "removed-test tests/test_a.py:0 the test test_one is gone",
  ]);
  expect(signs("tests/test_a.py", one, undefined)).toEqual([
    "removed-test tests/test_a.py:0 the test test_one is gone, with its file",
  ]);
  const moved = [
    { path: "tests/test_a.py", before: one + two, after: two },
    { path: "tests/test_b.py", before: "", after: one },
  ];
  expect(signsOf(moved)).toEqual([]);
  expect(signs("a.spec.ts", 'it("adds", f); test("subs", g)', "test(`subs`, g)")).toEqual([
    "removed-test a.spec.ts:0 the test adds is gone",
  ]);
});

test("a test that keeps its name and asserts less is a sign", () => {
  const before = "def test_one():\n    assert a\n    with pytest.raises(E):\n        f()\n";
  expect(signs("tests/test_a.py", before, "def test_one():\n    pass\n")).toEqual([
    "fewer-assertions tests/test_a.py:0 0 assertions where there were 2",
  ]);
});

test.each([
  [
    "pyproject.toml",
    '[tool.ruff.lint]\nselect = ["E"]\n',
    "[tool.ruff.lint]\nselect = []\n",
    "[tool.ruff] was changed",
  ],
  ["pyproject.toml", "", "tool.ruff.lint.select = []\n", "[tool.ruff] is new"],
  ["pyproject.toml", "[tool.mypy]\nstrict = true\n", "", "[tool.mypy] is gone"],
  ["lib/setup.cfg", "[mypy]\nstrict = true\n", "[mypy]\nstrict = false\n", "[mypy] was changed"],
  ["tox.ini", "[pytest]\naddopts = -ra\n", "[pytest]\naddopts = -k nothing\n", "[pytest] was changed"],
  ["ruff.toml", undefined, "select = []\n", "the file is new"],
  [".coveragerc", "[run]\n", undefined, "the file is gone"],
  ["package.json", '{"scripts":{"test":"vitest"}}', '{"scripts":{"test":"true"}}', "scripts was changed"],
  ["symbiotic.config.ts", "export default {}", "export default { gates: {} }", "the file was changed"],
  [BASELINE, "[]", '["x"]', "the file was changed"],
  [".pre-commit-config.yaml", "repos: [a]\n", "repos: []\n", "the file was changed"],
  ["eslint.config.mjs", "export default [1]", "export default []", "the file was changed"],
  ["pyproject.toml", "[tool.ruff]\n", "[tool.ruff\n", "the file is new"],
])("in %s what judges is a sign when it changes", (path, before, after, what) => {
  expect(signs(path, before, after)).toContainEqual(expect.stringContaining(what));
});

test.each([
  [
    "pyproject.toml",
    '[project]\nversion = "1"\n[tool.ruff]\nline-length = 88\n',
    '[project]\nversion = "2"\n[tool.ruff]\n# longer?\nline-length = 88\n',
  ],
  [
    "setup.cfg",
    "[metadata]\nname = a\n[mypy]\nstrict = true\n",
    "[metadata]\nname = b\n[mypy]\n\n# all of it\nstrict = true\n",
  ],
  ["package.json", '{"version":"1","scripts":{"a":"b"}}', '{"scripts": {"a": "b"}, "version": "2"}'],
  ["mypy.ini", "[mypy]\nstrict = true\n", "# why\n[mypy]\nstrict = true\n"],
  ["src/app.py", "x = 1\n", "x = 2\n"],
])("in %s what does not judge is none", (path, before, after) => {
  expect(signs(path, before, after)).toEqual([]);
});

test("settings that move are gone where they were; what hides files is a sign", () => {
  const [before, after] = ["select = ['F']\n", "select = ['F']\n"];
  expect(signsOf([{ path: "docs/old.txt", from: "ruff.toml", before, after }])).toEqual([
    "changed-settings ruff.toml:0 the file is gone: settings of what judges this repository",
  ]);
  expect(signsOf([{ path: "b/ruff.toml", from: "a/ruff.toml", before, after }])).toHaveLength(2);
  const files = ["a.py", "b.py", "c.py", "d.py"];
  expect(weakeningsIn([], BASELINE, [{ by: ".gitignore", files }])).toMatchObject([
    {
      rule: "hidden-file",
      file: ".gitignore",
      message: expect.stringContaining("any more: a.py, b.py, c.py, and 1 more"),
    },
  ]);
});

test("files of tests are known by where they lie and what they are called", () => {
  expect(
    ["tests/a.py", "test_a.py", "a_test.py", "x/conftest.py", "a.spec.tsx", "__tests__/a.js"].every(isTestFile),
  ).toBe(true);
  expect(["src/a.py", "latest/a.py", "tests/data.json", "contest.py"].some(isTestFile)).toBe(false);
});

test("the gate holds where there are signs, and counts where the base judges", () => {
  const [sign] = weakeningsIn([{ path: "a.py", after: "x  # noqa" }], BASELINE);
  const input = { weakenings: sign === undefined ? [] : [sign], fingerprints: ["f"], lost: [], setting: {} };
  expect(decideKept({ ...input, isJudgedByBase: true })).toMatchObject({
    verdict: "hold",
    required: true,
    measured: "1 sign of less",
    note: "1 new suppression",
    findings: ["f"],
  });
  expect(decideKept({ ...input, isJudgedByBase: false })).toMatchObject({ verdict: "hold", required: false });
  expect(decideKept({ ...input, isJudgedByBase: true, setting: { threshold: 1 } }).verdict).toBe("pass");
  expect(
    decideKept({ ...input, weakenings: [], lost: ["no tests passed of api any more"], isJudgedByBase: true }),
  ).toMatchObject({
    verdict: "hold",
    note: "no tests passed of api any more",
  });
  expect(decideKept({ ...input, weakenings: [], isJudgedByBase: true })).toMatchObject({
    verdict: "pass",
    measured: "all",
  });
});
