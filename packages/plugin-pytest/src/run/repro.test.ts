import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { reproOf } from "./repro.ts";

test("the command starts in the repository root", () => {
  expect(reproOf(".", "tests/test_a.py::test_b[1]")).toBe("{tool} 'tests/test_a.py::test_b[1]'");
  expect(reproOf("libs/api", "tests/test_a.py::test_b")).toBe("cd libs/api && {tool} 'tests/test_a.py::test_b'");
  expect(reproOf("my libs", "t.py::a")).toBe("cd 'my libs' && {tool} 't.py::a'");
});

test.skipIf(process.platform === "win32")("a shell hands on every id as it is", () => {
  const id = `tests/test_a.py::test_b[it's $HOME "x" \`y\` \\n !]`;
  const line = reproOf(".", id).replace("{tool}", "printf %s");
  expect(execFileSync("sh", ["-c", line], { encoding: "utf8" })).toBe(id);
});
