import { expect, test } from "vitest";
import { recordingOf } from "../../../test/support/validators.ts";
import { readReport, type DbtFiles } from "./report.ts";

test.each([
  [
    "1.7.19",
    [
      "etl/models/broken.sql broken error",
      "etl/tests/names.sql names error",
      "etl/models/schema.yml not_null_customers_name warning",
      "etl/models/schema.yml unique_customers_id error",
    ],
  ],
  ["1.10.23", ["etl/models/broken.sql broken error", "etl/models/unit.yml keeps_names error"]],
])("what dbt %s wrote is read", (version, expected) => {
  const read = readReport(filesOf(version), "etl");
  const shown = read.ok ? read.value.findings.map(({ file, rule, level }) => `${file} ${rule} ${level}`) : read.error;
  expect(shown).toEqual(expected);
});

test("a finding says what failed and why, without rows", () => {
  const [old, current] = ["1.7.19", "1.10.23"].map((version) => {
    const read = readReport(filesOf(version), ".");
    return read.ok ? read.value.findings.map(({ message }) => message) : [];
  });
  expect(old).toEqual([
    'model: Runtime Error in model broken (models/broken.sql): Binder Error: Referenced column "nothing" not found in FROM clause!',
    "test: Got 1 result, configured to fail if != 0",
    "test: Got 1 result, configured to warn if != 0",
    "test: Got 1 result, configured to fail if != 0",
  ]);
  expect(current?.[1]).toBe("unit test: actual differs from expected");
});

test("the verdict of every node is kept", () => {
  const read = readReport(filesOf("1.7.19"), ".");
  expect(read.ok && read.value.data).toEqual({
    verdicts: {
      "model.shop.after": "skipped",
      "model.shop.broken": "error",
      "model.shop.customers": "success",
      "model.shop.staging": "success",
      "seed.shop.raw": "success",
      "test.shop.names": "fail",
      "test.shop.not_null_customers_id.422908bfae": "pass",
      "test.shop.not_null_customers_name.1b78bf32b9": "warn",
      "test.shop.unique_customers_id.70f3d3fd20": "fail",
    },
  });
});

test("a test of a package is told of at the project's own manifest", () => {
  const files = filesWith({ package_name: "utils", original_file_path: "tests/a.sql" });
  expect(readReport(files, "etl")).toMatchObject({ value: { findings: [{ file: "etl/dbt_project.yml", rule: "a" }] } });
});

test("what is clean says how much was looked at", () => {
  const files = { ...filesWith({}), results: results("pass") };
  expect(readReport(files, ".")).toMatchObject({ value: { findings: [], summary: "1 test" } });
});

test.each<[string, Partial<DbtFiles>, string]>([
  ["no results", { results: "" }, "SYM4462"],
  ["results that were cut off", { results: '{"results": [{"unique' }, "SYM4462"],
  ["results of another format", { results: '{"runs": []}' }, "SYM4462"],
  ["no manifest", { manifest: "" }, "SYM4462"],
  ["a file outside", filesWith({ original_file_path: "../../a.sql" }), "SYM4463"],
])("with %s there is no result", (_, files, code) => {
  expect(readReport({ ...filesWith({}), ...files }, "etl")).toMatchObject({
    ok: false,
    error: { code, hint: expect.any(String) },
  });
});

function filesWith(node: Readonly<Record<string, string>>): DbtFiles {
  const own = { name: "a", original_file_path: "tests/a.sql", package_name: "shop", ...node };
  const manifest = JSON.stringify({ metadata: { project_name: "shop" }, nodes: { "test.shop.a": own } });
  return { manifest, results: results("fail") };
}

function results(status: string): string {
  return JSON.stringify({ results: [{ unique_id: "test.shop.a", status, message: null }] });
}

function filesOf(version: string): DbtFiles {
  const { files = {} } = recordingOf(import.meta.url, `dbt-${version}`);
  return { results: files["run_results.json"] ?? "", manifest: files["manifest.json"] ?? "" };
}
