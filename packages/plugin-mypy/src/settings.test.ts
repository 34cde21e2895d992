import { expect, test } from "vitest";
import { fromIni, fromTable } from "./settings.ts";

test("an INI file's own section is read, with what goes on in the next lines", () => {
  const text = `[metadata]
files = no.py
[mypy]
# files = no
files = src,
    tests/unit
  ; a comment
plugins: pydantic.mypy, ./tools/plugin.py:entry
mypy_path = $MYPY_CONFIG_FILE_DIR/stubs:more
Exclude_gitignore = True
[mypy-lib.*]
packages = no
`;
  expect(fromIni(text)).toEqual({
    files: ["src", "tests/unit"],
    namesModules: false,
    searched: ["stubs", "more"],
    plugins: ["./tools/plugin.py"],
    heedsIgnored: true,
  });
});

test("a table says the same as lists or as text", () => {
  const nothing = { files: [], namesModules: false, searched: [], plugins: [], heedsIgnored: false };
  expect(fromTable({})).toEqual(nothing);
  expect(fromTable({ files: "a, b", packages: ["p"], overrides: [{ module: "x" }] })).toEqual({
    ...nothing,
    files: ["a", "b"],
    namesModules: true,
  });
  expect(fromTable({ files: ["a", "b"], mypy_path: ["s"], exclude_gitignore: true })).toEqual({
    ...nothing,
    files: ["a", "b"],
    searched: ["s"],
    heedsIgnored: true,
  });
});
