import { expect, test } from "vitest";
import { configuredIn, type ConfiguredBy } from "./configured.ts";
import { count } from "./count.ts";
import { hookIds, hookRevision } from "./settings/hooks.ts";

const BY: ConfiguredBy = {
  files: ["tool.ini"],
  table: ["tool", "t"],
  sections: { "setup.cfg": /^\[t\]/m },
  hooks: ["t-hook"],
};
const HOOKS =
  "repos:\n- repo: https://example.org/mirrors/t.git # the tool\n  rev: 'v1.2'\n  hooks:\n  - {id: t-hook, args: [x]}\n";

function configured(files: Readonly<Record<string, string>>): unknown {
  return configuredIn(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    BY,
  );
}

test("a file, a table, a section or a hook says that the repository uses the tool; the nearest settings count", () => {
  expect(configured({ "a.txt": "" })).toEqual({ ok: true, value: { file: null, table: null, isUsed: false } });
  expect(configured({ "x/tool.ini": "", "pyproject.toml": "[tool.t]\n" })).toMatchObject({
    value: { file: "x/tool.ini", isUsed: true },
  });
  expect(configured({ "x/pyproject.toml": "", "pyproject.toml": "[tool.t]\na = 1\n" })).toEqual({
    ok: true,
    value: { file: "pyproject.toml", table: { a: 1 }, isUsed: true },
  });
  expect(configured({ "setup.cfg": "[t]\n" })).toMatchObject({ value: { file: "setup.cfg", isUsed: true } });
  expect(configured({ ".pre-commit-config.yaml": HOOKS })).toMatchObject({ value: { file: null, isUsed: true } });
});

test("what is no TOML is an error with its place", () => {
  expect(configured({ "pyproject.toml": "[tool\n" })).toMatchObject({
    ok: false,
    error: [{ code: "SYM1451", location: { file: "pyproject.toml", line: 1 } }],
  });
});

test("hooks are read with their revisions, comments are not", () => {
  const texts = [{ path: ".pre-commit-config.yaml", text: HOOKS }];
  expect([...hookIds(texts)]).toEqual(["t-hook"]);
  expect(hookRevision(texts, "/t")).toBe("v1.2");
  expect(hookRevision(texts, "/other")).toBeNull();
  expect([...hookIds([{ path: ".pre-commit-config.yaml", text: "# - id: t\n" }])]).toEqual([]);
});

test("a number has its noun", () => {
  expect([count(0, "file"), count(1, "file"), count(2, "vulnerability"), count(2, "day")]).toEqual([
    "0 files",
    "1 file",
    "2 vulnerabilities",
    "2 days",
  ]);
});
