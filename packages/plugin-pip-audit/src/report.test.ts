import { expect, test } from "vitest";
import { recordingOf } from "../../../test/support/validators.ts";
import { readReport } from "./report.ts";

test.each([
  ["2.7.3", "GHSA-q2q7-5pp4-w6pg"],
  ["2.10.1", "PYSEC-2021-108"],
])("what pip-audit %s wrote is read", (version, id) => {
  const read = readReport(recordingOf(import.meta.url, `pip-audit-${version}`).stdout, "requirements.txt");
  expect(read).toEqual({
    ok: true,
    value: {
      findings: [
        {
          tool: "pip-audit",
          rule: id,
          level: "error",
          message: "urllib3 1.26.4: fixed in 1.26.5",
          file: "requirements.txt",
          helpUrl: `https://osv.dev/vulnerability/${id}`,
          problems: ["CVE-2021-33503", "GHSA-q2q7-5pp4-w6pg", "PYSEC-2021-108"],
        },
        {
          tool: "pip-audit",
          rule: "PYSEC-2022-42969",
          level: "error",
          message: "py 1.11.0: no release fixes it",
          file: "requirements.txt",
          helpUrl: "https://osv.dev/vulnerability/PYSEC-2022-42969",
          problems: ["CVE-2022-42969", "PYSEC-2022-42969"],
        },
      ],
      audited: 3,
      notAudited: [],
    },
  });
});

test("packages that could not be audited are told, in their order", () => {
  const dependencies = [
    { name: "b", skip_reason: "not found" },
    { name: "c", version: "1", vulns: [] },
    { name: "a", skip_reason: "editable" },
  ];
  expect(readReport(JSON.stringify({ dependencies, fixes: [] }), "setup.py")).toEqual({
    ok: true,
    value: {
      findings: [],
      audited: 1,
      notAudited: [
        { package: "a", reason: "editable" },
        { package: "b", reason: "not found" },
      ],
    },
  });
});

test.each<[string, string]>([
  ["no output", ""],
  ["output that was cut off", '{"dependencies": [{"name": "urllib3", "vers'],
  ["another format", '{"bomFormat": "CycloneDX", "specVersion": "1.4"}'],
  ["the list that releases before 2.0 wrote", "[]"],
])("%s is no result", (_, stdout) => {
  expect(readReport(stdout, "setup.py")).toMatchObject({ ok: false, error: { code: "SYM4462" } });
});
