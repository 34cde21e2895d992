import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyEnvelopes } from "../../../test/report/arbitrary-events.ts";
import { envelopes, firstContact, hit, started, type Step } from "../../../test/report/sample-run.ts";
import { sarifProblems } from "../../../test/report/sarif-schema.ts";
import type { RunEvent } from "../../core/event.ts";
import type { Finding } from "../../core/evidence.ts";
import { runReportOf } from "../run-report-of.ts";
import { GITHUB_LIMITS, sarifOf, sarifText } from "./sarif.ts";
import type { SarifLog } from "./log.ts";

function found(index: number, more: Partial<Finding> = {}, known?: true): RunEvent {
  const finding: Finding = { tool: "ruff", rule: "F401", level: "error", message: "unused", file: "a.py", ...more };
  return { type: "finding", fingerprint: String(index).padStart(32, "0"), finding, ...(known && { known }) };
}

const sarif = (steps: readonly Step[], limits = GITHUB_LIMITS): SarifLog =>
  sarifOf(runReportOf(envelopes(steps)), limits);
const notes = (log: SarifLog): string[] =>
  log.runs.flatMap(({ invocations }) =>
    invocations.flatMap((each) => (each.toolExecutionNotifications ?? []).map(({ message }) => message.text)),
  );

test("a finding becomes a result with its rule, place, fingerprint and state", () => {
  const [run] = sarif(firstContact).runs;
  expect(run?.tool.driver).toMatchObject({
    name: "ruff",
    rules: [
      {
        id: "E501",
        helpUri: "https://docs.astral.sh/ruff/rules/line-too-long",
        defaultConfiguration: { level: "warning" },
      },
      { id: "F401" },
    ],
  });
  expect(run?.results[0]).toEqual({
    ruleId: "F401",
    ruleIndex: 1,
    level: "error",
    message: { text: "`os` imported but unused" },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "src/api/export.py", uriBaseId: "%SRCROOT%" },
          region: { startLine: 14, startColumn: 8, endLine: 14, endColumn: 10 },
        },
      },
    ],
    partialFingerprints: { "symbiotic/v1": "00000000000000000000000000000001" },
    baselineState: "new",
    suppressions: [],
    properties: { task: "api:ruff_lint", project: "api", gates: [], alsoBy: [] },
  });
});

test("a failed test is no finding", () => {
  const test: RunEvent = { type: "test", test: { id: "t", outcome: "failed", message: "no" } };
  expect(sarif([started, ["a:pytest", test]]).runs).toEqual([]);
});

test("what is in the baseline is unchanged and suppressed", () => {
  const [result] = sarif([started, ["a:ruff", found(1, {}, true)]]).runs.flatMap(({ results }) => results);
  expect(result).toMatchObject({
    baselineState: "unchanged",
    suppressions: [{ kind: "external", status: "accepted" }],
  });
});

test("a tool that found nothing has a run of its own, so that what is mended goes away", () => {
  const log = sarif([started, ["a:ruff", hit(5, "ok", { tool: "ruff" })], ["a:mypy", found(1, { tool: "mypy" })]]);
  expect(log.runs.map(({ tool, results }) => [tool.driver.name, results.length])).toEqual([
    ["mypy", 1],
    ["ruff", 0],
  ]);
});

test("a tool of which a task broke was not run well", () => {
  const steps: Step[] = [
    started,
    ["a:ruff", hit(0, "", { tool: "ruff", status: "broken" })],
    ["b:mypy", hit(0, "", { tool: "mypy" })],
  ];
  expect(sarif(steps).runs.map(({ invocations }) => invocations)).toEqual([
    [{ executionSuccessful: true }],
    [{ executionSuccessful: false }],
  ]);
});

test("paths are percent-encoded whatever their bytes, and never name a scheme, a host or a folder above", () => {
  const uris = ["a b/ü.py", "c:/x.py", "\udcff.py", "//host/x", "", "a%20?#.py"].map((file, index) => {
    const log = sarif([started, ["a:ruff", found(index, { file })]]);
    return log.runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation;
  });
  expect(uris).toEqual([
    { uri: "a%20b/%C3%BC.py", uriBaseId: "%SRCROOT%" },
    { uri: "c%3A/x.py", uriBaseId: "%SRCROOT%" },
    { uri: "%FF.py", uriBaseId: "%SRCROOT%" },
    { uri: "file:///host/x" },
    { uri: ".", uriBaseId: "%SRCROOT%" },
    { uri: "a%2520%3F%23.py", uriBaseId: "%SRCROOT%" },
  ]);
});

test("a message makes no link, and a help address that is none is left out", () => {
  const [run] = sarif([
    started,
    ["a:ruff", found(1, { message: "see [here](1)", helpUrl: "javascript:alert(1)" })],
  ]).runs;
  expect(run?.results[0]?.message.text).toBe("see [here] (1)");
  expect(run?.tool.driver.rules[0]).not.toHaveProperty("helpUri");
});

test("a weakness becomes tags, no more than are taken", () => {
  const problems = Array.from({ length: 30 }, (_, index) => `CWE-${String(index + 1)}`);
  const [run] = sarif([started, ["a:bandit", found(1, { problems: ["bandit/B602", ...problems] })]]).runs;
  expect(run?.tool.driver.rules[0]?.properties?.tags.slice(0, 2)).toEqual(["security", "external/cwe/cwe-001"]);
  expect(run?.tool.driver.rules[0]?.properties?.tags).toHaveLength(20);
});

test("beyond the limits the least severe and the known are left out, and that is said", () => {
  const limits = { runs: 2, results: 2, tags: 20 };
  const log = sarif(
    [
      started,
      ["a:ruff", found(1, { level: "note" }), found(2, { level: "error" }, true), found(3, { level: "warning" })],
      ["a:mypy", found(4, { tool: "mypy" })],
      ["a:bandit", hit(5, "ok", { tool: "bandit" })],
    ],
    limits,
  );
  expect(log.runs.map(({ tool }) => tool.driver.name)).toEqual(["mypy", "ruff"]);
  expect(log.runs[1]?.results.map(({ level, baselineState }) => `${level} ${baselineState}`)).toEqual([
    "warning new",
    "note new",
  ]);
  expect(notes(log)).toEqual([
    "1 tool with 0 findings left out: bandit",
    "1 finding left out, the least severe: the file takes no more of a tool",
  ]);
});

test("as many findings as are taken make a file that is taken", () => {
  const many = Array.from({ length: 26_000 }, (_, index) =>
    found(index, { rule: `R${String(index)}`, message: `message ${String(index)}` }),
  );
  const text = sarifText(runReportOf(envelopes([started, ["a:ruff", ...many]])));
  const log = JSON.parse(text) as SarifLog;
  expect(log.runs[0]?.results).toHaveLength(25_000);
  expect(log.runs[0]?.tool.driver.rules).toHaveLength(25_000);
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
});

test("any events make SARIF that the schema takes, within the limits, with ids of runs that differ", () => {
  fc.assert(
    fc.property(anyEnvelopes, (events) => {
      const report = runReportOf(events);
      expect(sarifProblems(sarifText(report))).toEqual([]);
      const { runs } = sarifOf(report);
      expect(new Set(runs.map(({ automationDetails }) => automationDetails.id)).size).toBe(runs.length);
      for (const { results, tool } of runs)
        for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }),
    { numRuns: 150 },
  );
});

test("the schema is one that refuses what is wrong", () => {
  expect(sarifProblems('{"version":"2.1.0"}')).not.toEqual([]);
  const wrong = sarifText(runReportOf(envelopes(firstContact))).replace('"startLine":14', '"startLine":0');
  expect(sarifProblems(wrong)).not.toEqual([]);
});
