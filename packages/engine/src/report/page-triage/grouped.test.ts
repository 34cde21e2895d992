import { expect, test } from "vitest";
import { findingOf } from "../../../test/report/run-reports.ts";
import { groupedByFile } from "./grouped.ts";

test("files come by what decided a gate, then by what is new, then by severity; their findings by line", () => {
  const at = (line: number) => ({ range: { start: { line, column: 1 } } });
  const groups = groupedByFile([
    findingOf({ fingerprint: "1", file: "z.py", ...at(9) }),
    findingOf({ fingerprint: "2", file: "known.py", known: true }),
    findingOf({ fingerprint: "3", file: "warned.py", level: "warning" }),
    findingOf({ fingerprint: "4", file: "decided.py", level: "note", gates: ["lint_clean"] }),
    findingOf({ fingerprint: "5", file: "z.py", level: "note", ...at(2) }),
  ]);
  expect(groups.map(({ file }) => file)).toEqual(["decided.py", "z.py", "warned.py", "known.py"]);
  expect(groups[1]?.findings.map(({ fingerprint }) => fingerprint)).toEqual(["5", "1"]);
});

test("what comes after many findings is folded", () => {
  const many = Array.from({ length: 151 }, (_, index) => findingOf({ fingerprint: String(index), file: "a.py" }));
  const groups = groupedByFile([...many, findingOf({ fingerprint: "b", file: "b.py" })]);
  expect(groups.map(({ open }) => open)).toEqual([true, false]);
});
