import { expect, test } from "vitest";
import { recordingOf } from "../../../test/support/validators.ts";
import { readReport } from "./report.ts";

const BENCHMARKS = ["sleep", "fail", "once"].map((name) => ({ name, command: "", project: "." }));

test.each(["1.16.1", "1.20.0"])("what hyperfine %s wrote is read", (version) => {
  const { files } = recordingOf(import.meta.url, `hyperfine-${version}`);
  const read = readReport(files?.["hyperfine.json"] ?? "", BENCHMARKS, "pyproject.toml");
  if (!read.ok) throw new Error(read.error.message);
  const { findings, metrics = [], summary } = read.value;
  expect(findings).toEqual([
    {
      tool: "hyperfine",
      rule: "command-failed",
      level: "error",
      message: "fail failed with exit code 3 in 3 of 3 runs",
      file: "pyproject.toml",
    },
  ]);
  expect(summary).toBeUndefined();
  expect(metrics.map(({ name, unit }) => `${name} ${unit}`).slice(0, 5)).toEqual(
    ["mean", "median", "stddev", "min", "max"].map((each) => `sleep ${each} s`),
  );
  expect(metrics.find(({ name }) => name === "sleep min")?.value).toBeGreaterThan(0.05);
});

test("a command that fails now and then, or by a signal, is told of", () => {
  const results = [measured([0, 1, 0]), measured([null]), measured([0])];
  const read = readReport(JSON.stringify({ results }), BENCHMARKS, ".");
  expect(read.ok && read.value.findings.map(({ message }) => message)).toEqual([
    "sleep failed with exit code 1 in 1 of 3 runs",
    "fail was ended by a signal in 1 of 1 run",
  ]);
});

test.each([
  ["no report", ""],
  ["a report that was cut off", '{"results": ['],
  ["another format", '{"benchmarks": []}'],
  ["too few results", JSON.stringify({ results: [measured([0])] })],
])("%s is no result", (_, text) => {
  expect(readReport(text, BENCHMARKS, ".")).toMatchObject({
    ok: false,
    error: { code: "SYM4462", hint: expect.any(String) },
  });
});

function measured(codes: readonly (number | null)[]): object {
  return { mean: 1, median: 1, stddev: null, min: 1, max: 1, exit_codes: codes };
}
