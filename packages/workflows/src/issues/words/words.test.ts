import fc from "fast-check";
import { expect, test } from "vitest";
import { isArchived, isTemplate, isUnderIssues, projectOfPath, stemOf } from "./document-path.ts";
import { idOfFileName, isIssueId, keyOfId, leadingId } from "./issue-id.ts";
import { sameName } from "./name-match.ts";
import { byNature } from "./natural-order.ts";
import { meaningOf } from "./placeholder.ts";
import { NO_PRIORITY, rankOfPriority } from "./priority.ts";
import { kindOfState } from "./state.ts";

test("names are ordered as people count", () => {
  const sorted = ["2", "10", "M2-9", "m3-1", "M3-2", "M3-02a", "M3-10", "M10-1", "x"];
  expect([...sorted].reverse().sort(byNature)).toEqual(sorted);
});

test("the order of names is one: no two are equal, and none contradicts another", () => {
  const name = fc.string({ unit: fc.constantFrom("a", "A", "0", "1", "9", "-"), maxLength: 6 });
  fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      expect(byNature(a, b) === 0).toBe(a === b);
      expect(Math.sign(byNature(a, b))).toBe(-Math.sign(byNature(b, a)) + 0);
      if (byNature(a, b) < 0 && byNature(b, c) < 0) expect(byNature(a, c)).toBeLessThan(0);
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ["M3-04-load-config", "M3-04"],
  ["CIV-12", "CIV-12"],
  ["0042-hash", "0042"],
  ["ENG-API-7_x", "ENG-API-7"],
  ["m3_04.x", "m3_04"],
  ["M3-04a-x", "M3-04a"],
  ["2026-11-22-notes", undefined],
  ["notes", undefined],
  ["fix-the-2-bugs", undefined],
  ["M3-04abc", undefined],
])("the file name %s has the id %s", (stem, id) => {
  expect(idOfFileName(stem)).toBe(id);
});

test.each([
  ["M3-04: Load", "M3-04"],
  ["#42 (later)", "42"],
  ["M3-04", "M3-04"],
  ["the M3-04", undefined],
  ["3rd", undefined],
])("the text %j begins with the id %s", (text, id) => {
  expect(leadingId(text)).toBe(id);
});

test("ids are the same in any case, with and without a hash", () => {
  expect(keyOfId("#M3-04")).toBe(keyOfId("m3-04"));
  expect(["M3-04", "auth/login", "é1", "a b", "", "-x", "<id>", "a".repeat(121)].map(isIssueId)).toEqual([
    ...[true, true, true],
    ...[false, false, false, false, false],
  ]);
});

test.each([
  ["open", ["todo", "Backlog", "OPEN", "Ready", "planned", "In Progress", "in-progress", "in_review", "Blocked"]],
  ["paused", ["on hold", "Deferred", "ICEBOX"]],
  ["done", ["Done", "closed", "COMPLETED", "merged"]],
  ["cancelled", ["Cancelled", "canceled", "won't fix", "Wont-Fix", "duplicate"]],
  [undefined, ["half baked", "", "✓", "constructor"]],
] as const)("states that mean %s: %j", (kind, states) => {
  expect(states.map(kindOfState)).toEqual(states.map(() => kind));
});

test.each([
  ["Urgent", 1],
  ["P0", 1],
  ["p1", 2],
  ["high", 2],
  ["Medium", 3],
  ["low", 4],
  ["P4", 5],
  ["1", 1],
  ["12", 12],
  ["0", NO_PRIORITY],
  ["none", NO_PRIORITY],
  ["No priority", NO_PRIORITY],
  ["soonish", undefined],
  ["toString", undefined],
])("the priority %s has the rank %s", (text, rank) => {
  expect(rankOfPriority(text)).toBe(rank);
});

test.each([
  ["nothing", ["", "null", "~", "None", "N/A", "-", "—", "[]"]],
  ["undecided", ["TBD", "todo", "?", "<id>", "{{ id }}", "M3-{{n}}", "[TBD]", "${id}"]],
  ["value", ["M3-04", "a < b", "nullable", "x"]],
] as const)("placeholders that mean %s: %j", (meaning, texts) => {
  expect(texts.map(meaningOf)).toEqual(texts.map(() => meaning));
});

test.each([
  ["M3", "M3-core-engine", true],
  ["M3: Core Engine", "m3-core-engine", true],
  ["M3", "M31-x", false],
  ["M3", "M3-1", false],
  ["", "M3", false],
  ["core", "M3-core", false],
])("%j and %j name the same: %s", (a, b, same) => {
  expect(sameName(a, b)).toBe(same);
  expect(sameName(b, a)).toBe(same);
});

test("folders say what a document is", () => {
  expect(["issues/Archive/a.md", "x/_ARCHIVE/y/a.md", "done/a.md", "issues/done.md"].map(isArchived)).toEqual([
    ...[true, true, true],
    false,
  ]);
  expect(["docs/_templates/a.md", "Templates/a.md", "a/_templates.md"].map(isTemplate)).toEqual([true, true, false]);
  expect(["docs/Issues/a.md", "docs/issues.md"].map(isUnderIssues)).toEqual([true, false]);
  expect(projectOfPath("docs/projects/engine/issues/a.md")).toBe("engine");
  expect(projectOfPath("docs/projects/a.md")).toBeUndefined();
  expect(stemOf("a/b.c.MD")).toBe("b.c");
});
