import type { StepEnd } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { readIssue } from "../issues/read-issue.ts";
import { loopSettings } from "./loop-settings.ts";
import { placesIn } from "./places-in.ts";
import { foundByChecks, foundToMend, reviewFindings } from "./review-findings.ts";

const PATH = "docs/projects/p/issues/a.md";

function issue() {
  const read = readIssue({ path: PATH, text: "---\nid: A-1\ntitle: t\n---\n" });
  if (read.issue === undefined) throw new Error("it is no issue");
  return read.issue;
}

function reply(found: readonly object[]): object {
  return {
    ...{ status: "changes_required", summary: "s", issues: found, required_actions: [], followups: [] },
    ...{ review_doc_path: "", review_entry_written: false, confidence: "high" },
  };
}

const start = (line: number, column = 1): object => ({ start: { line, column } });

test.each([
  ["src/a.py:12", { file: "src/a.py", range: start(12) }],
  ["`src/a.py:12:5` says so", { file: "src/a.py", range: start(12, 5) }],
  ["src/a.py:12-15", { file: "src/a.py", range: { ...start(12), end: { line: 16, column: 1 } } }],
  ["src/a.py#L12-L15", { file: "src/a.py", range: { ...start(12), end: { line: 16, column: 1 } } }],
  ["src/a.py:15-12", { file: "src/a.py", range: start(15) }],
  ["docs/a page.md:3, twice", { file: "docs/a page.md", range: start(3) }],
  ["src/a.py:0", { file: "src/a.py:0" }],
  ["src/a.py", { file: "src/a.py" }],
] as const)("%s", (evidence, first) => {
  expect(placesIn(evidence)[0]).toEqual(first);
});

test("evidence without words names no place, and a name with words behind it is tried alone", () => {
  expect(placesIn("  ")).toEqual([]);
  expect(placesIn("src/a.py is untested")).toEqual([{ file: "src/a.py is untested" }, { file: "src/a.py" }]);
});

test("each finding of a review is one of the run, at its evidence or else at the document", () => {
  const found = reviewFindings(issue())(
    reply([
      { severity: "blocker", title: "no\ntest", details: "see there", evidence: ["src/a.py:1", "src/b.py:2"] },
      { severity: "high", title: "wrong", details: "", evidence: [] },
      { severity: "medium", title: "slow", details: "d", evidence: [] },
      { severity: "low", title: "x".repeat(3000), details: "d", evidence: [] },
    ]) as never,
  );
  expect(found.map(({ rule, level }) => [rule, level])).toEqual([
    ["review-blocker", "error"],
    ["review-high", "error"],
    ["review-medium", "warning"],
    ["review-low", "note"],
  ]);
  expect(found[0]).toMatchObject({
    message: "no test: see there (also src/b.py:2)",
    places: [
      { file: "src/a.py", range: start(1) },
      { file: "src/a.py:1" },
      { file: "src/a.py:1" },
      { file: "src/b.py" },
      {},
      {},
      { file: PATH },
    ],
  });
  expect(found[1]).toMatchObject({ message: "wrong", places: [{ file: PATH }] });
  expect(found[3]?.message.length).toBe(2001);
});

test("what is no review has no findings", () => {
  expect(reviewFindings(issue())("no review")).toEqual([]);
});

test("what checks of earlier rounds found is told to those of the next", () => {
  const end = (...fingerprints: readonly string[]): StepEnd => ({
    ...{ status: "failed", summary: "", data: {} },
    found: {
      mended: [],
      findings: fingerprints.map((fingerprint) => ({
        ...{ type: "finding", fingerprint },
        finding: { tool: "ruff", rule: "F401", level: "error", message: "m", file: "a.py" },
      })),
    },
  });
  const ends = (id: string): StepEnd | undefined => {
    if (id.endsWith(":check_1")) return end("a", "b");
    return id.endsWith(":check_2") ? end("b", "c") : undefined;
  };
  expect([1, 2, 3].map((round) => foundByChecks(issue(), round, ends))).toEqual([[], ["a", "b"], ["a", "b", "c"]]);
});

test("what earlier rounds found has to be mended where its severity asks for it", () => {
  const settings = loopSettings({}, { branch: "main", flags: new Set() });
  const end = (round: number, rules: readonly string[]): StepEnd => ({
    ...{ status: "ok", summary: "", data: {} },
    found: {
      tool: "codex",
      mended: [],
      findings: rules.map((rule) => ({
        type: "finding",
        fingerprint: `${rule} of ${String(round)}`,
        finding: { tool: "codex", rule, level: "error", message: "m", file: PATH },
      })),
    },
  });
  const ends = (id: string): StepEnd | undefined => {
    if (id.endsWith(":review_1")) return end(1, ["review-high", "review-low"]);
    return id.endsWith(":review_2") ? end(2, ["review-blocker"]) : undefined;
  };
  expect(foundToMend(issue(), 1, ends, settings)).toEqual([]);
  expect(foundToMend(issue(), 3, ends, settings)).toEqual(["review-high of 1", "review-blocker of 2"]);
});
