import { expect, test } from "vitest";
import { recordingOf } from "../../../test/support/validators.ts";
import { readFunctions } from "./report.ts";

const START = { tool: "ruff", folder: "." };

test.each(["0.9.10", "0.17.5"])(
  "what ruff %s wrote is read: functions in their order, whatever is suppressed",
  (version) => {
    const { stdout } = recordingOf(import.meta.url, `ruff-${version}`);
    expect(readFunctions(stdout, START)).toEqual({
      ok: true,
      value: {
        "a.py": [
          ["f", 3],
          ["g", 1],
          ["f", 2],
        ],
      },
    });
  },
);

test.each([
  ["nothing", ""],
  ["no JSON", "warning: nothing"],
  ["a report that is cut off", '[{"code": "C901",'],
  ["another format", '{"results": []}'],
  ["an item of another form", '[{"rule": "C901"}]'],
])("%s is an error that says so", (_name, text) => {
  expect(readFunctions(text, START)).toMatchObject({ ok: false, error: { code: "SYM4462" } });
});

test("a file outside of the repository is an error", () => {
  const item = {
    code: "C901",
    message: "`f` is too complex (3 > 0)",
    filename: "/etc/a.py",
    location: { row: 1, column: 1 },
  };
  expect(readFunctions(JSON.stringify([item]), START)).toMatchObject({ ok: false, error: { code: "SYM4463" } });
});
