import { expect, test } from "vitest";
import { sourceHint } from "./source-hint.ts";

test.each([
  ["src where there is one", ["src/shop/__init__.py", "shop/__init__.py", "tests/test_a.py"], ["src"]],
  [
    "the packages, without tests and docs",
    ["zed/__init__.py", "api/__init__.py", "tests/__init__.py", "docs/__init__.py", "setup.py"],
    ["api", "zed"],
  ],
  ["modules by name", ["shop.py", "conftest.py", "setup.py", "test_shop.py", "tests/test_a.py"], ["shop"]],
  ["folders of Python without __init__.py", ["shop/core/a.py", "tests/test_a.py"], ["shop"]],
  ["everything where there is only a folder of tests", ["tests/test_a.py"], ["."]],
])("measures %s", (_name, files, expected) => {
  expect(sourceHint(files)).toEqual(expected);
});
