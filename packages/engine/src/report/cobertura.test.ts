import fc from "fast-check";
import { expect, test } from "vitest";
import { anyEnvelopes } from "../../test/report/arbitrary-events.ts";
import { envelopes, started } from "../../test/report/sample-run.ts";
import { attributeOf, countOf, readXml } from "../../test/report/xml.ts";
import type { RunEvent } from "../core/event.ts";
import type { LineCoverage } from "../core/evidence.ts";
import { coberturaText } from "./cobertura.ts";
import { runReportOf } from "./run-report-of.ts";

const cobertura = (coverage: Readonly<Record<string, LineCoverage>>): string =>
  coberturaText(runReportOf(envelopes([started, ["api:pytest", { type: "measured", coverage }]])));

test("a folder is a package, a file a class, a line says whether it ran", () => {
  const text = cobertura({
    "src/api/a.py": { executed: "1-3", missing: "5" },
    "src/api/b.py": { executed: "", missing: "1" },
    "top.py": { executed: "1", missing: "" },
  });
  readXml(text, (root) => {
    expect(attributeOf(root, "/coverage/@line-rate")).toBe("0.6667");
    expect(attributeOf(root, "/coverage/@lines-covered")).toBe("4");
    expect(attributeOf(root, "/coverage/@timestamp")).toBe(String(Date.parse("2026-11-21T02:31:00.000Z")));
    expect(countOf(root, "/coverage/sources/source[.='.']")).toBe(1);
    expect(attributeOf(root, "//package[@name='src.api']/@line-rate")).toBe("0.6");
    expect(countOf(root, "//class[@filename='src/api/a.py']/lines/line[@hits='1']")).toBe(3);
    expect(countOf(root, "//class[@filename='src/api/a.py']/lines/line[@number='5' and @hits='0']")).toBe(1);
    expect(attributeOf(root, "//class[@filename='top.py']/@name")).toBe("top.py");
  });
});

test("where branches were measured lines say how many of their ways on were taken, all tasks together", () => {
  const measured = (executed: string, missing: string): RunEvent => ({
    type: "measured",
    coverage: { "src/a.py": { executed: "1-3", missing: "5", branches: { executed, missing } } },
  });
  const events = envelopes([
    started,
    ["api:pytest", measured("2>3", "2>5,3>-1")],
    ["core:pytest", measured("2>3,2>5", "3>-1,3>4")],
  ]);
  readXml(coberturaText(runReportOf(events)), (root) => {
    expect(attributeOf(root, "/coverage/@branches-covered")).toBe("2");
    expect(attributeOf(root, "/coverage/@branches-valid")).toBe("4");
    expect(attributeOf(root, "//package/@branch-rate")).toBe("0.5");
    expect(attributeOf(root, "//class/@branch-rate")).toBe("0.5");
    expect(attributeOf(root, "//line[@number='2']/@condition-coverage")).toBe("100% (2/2)");
    expect(attributeOf(root, "//line[@number='3']/@condition-coverage")).toBe("0% (0/2)");
    expect(attributeOf(root, "//line[@number='3' and @branch='true']/conditions/condition/@coverage")).toBe("0%");
    expect(countOf(root, "//line[@number='1']/@branch")).toBe(0);
  });
});

test("what is not all is never 1", () => {
  const text = cobertura({ "a.py": { executed: "1-99999", missing: "100000" } });
  expect(readXml(text, (root) => attributeOf(root, "/coverage/@line-rate"))).toBe("0.9999");
});

test("any events make well-formed XML with a class a file and an element a line", () => {
  fc.assert(
    fc.property(anyEnvelopes, (events) => {
      const report = runReportOf(events);
      readXml(coberturaText(report), (root) => {
        expect(countOf(root, "//class")).toBe(report.coverage.length);
        expect(countOf(root, "//line")).toBe(report.coverage.reduce((sum, { lines }) => sum + lines, 0));
      });
    }),
    { numRuns: 100 },
  );
});
