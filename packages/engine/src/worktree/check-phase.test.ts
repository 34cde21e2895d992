import { expect, test } from "vitest";
import { errorOf } from "../core/diagnostic.ts";
import { checkPhase } from "./check-phase.ts";
import type { PhaseFacts } from "./phase-facts.ts";
import type { TreeStatus } from "./tree-status.ts";

const [HEAD, OTHER] = ["a".repeat(40), "b".repeat(40)];
const EXPECTED = { branch: "issue/a", head: HEAD };

function facts(status: Partial<TreeStatus> = {}, more: Partial<PhaseFacts> = {}): PhaseFacts {
  const clean = { head: HEAD, branch: "issue/a", changed: [], conflicts: [], untracked: [], ignored: ["node_modules"] };
  return {
    ...{ isThere: true, path: "/w/a", operation: undefined, indexLock: undefined },
    status: { ...clean, ...status },
    ...more,
  } as PhaseFacts;
}

const codes = (...args: Parameters<typeof checkPhase>): readonly string[] =>
  checkPhase(...args).map(({ code }) => code);

test("a clean worktree on its branch, at the commit of the journal, may begin", () => {
  expect(checkPhase(facts(), EXPECTED)).toEqual([]);
});

test.each([
  ["another branch", facts({ branch: "main" }), "SYM7631"],
  ["no branch", facts({ branch: null }), "SYM7631"],
  ["a changed file", facts({ changed: ["a.py"] }), "SYM7632"],
  ["an untracked file", facts({ untracked: ["a.py"] }), "SYM7632"],
  ["a rebase", facts({}, { operation: "a rebase" }), "SYM7633"],
  ["another commit", facts({ head: OTHER }), "SYM7634"],
  ["no commit", facts({ head: null }), "SYM7634"],
  ["a lock", facts({}, { indexLock: "/g/index.lock" }), "SYM7635"],
  ["a conflict", facts({ changed: ["a.py"], conflicts: ["a.py"] }), "SYM7636"],
])("%s keeps it from beginning, and says what to do", (_, seen, code) => {
  expect(checkPhase(seen, EXPECTED)).toEqual([
    expect.objectContaining({ code, severity: "error", hint: expect.any(String), location: { file: "/w/a" } }),
  ]);
});

test("a worktree that is not ours says nothing else", () => {
  const problem = errorOf("SYM7630", "none");
  expect(checkPhase({ isThere: false, problem }, EXPECTED)).toEqual([problem]);
});

test("what the loop applied, and the engine's own files, are no change", () => {
  const seen = facts({ changed: ["src/a.py"], untracked: ["new.py", ".symbiotic/x", "artifacts/x"] });
  expect(codes(seen, { ...EXPECTED, applied: ["src/a.py", "new.py"] })).toEqual([]);
  expect(checkPhase(seen, { ...EXPECTED, applied: ["src/a.py"] })).toMatchObject([
    { code: "SYM7632", notes: ["new.py"] },
  ]);
});

test("a tracked file of a folder for artifacts is the repository's", () => {
  expect(codes(facts({ changed: ["artifacts/x"] }), EXPECTED)).toEqual(["SYM7632"]);
});

test("all problems are told at once, of many files the first ones", () => {
  const many = Array.from({ length: 13 }, (_, index) => `${String(index)}.py`);
  const seen = facts({ branch: "main", head: OTHER, untracked: many }, { operation: "a merge", indexLock: "x" });
  expect(codes(seen, EXPECTED)).toEqual(["SYM7631", "SYM7633", "SYM7632", "SYM7634", "SYM7635"]);
  expect(checkPhase(seen, EXPECTED)[2]?.notes).toEqual([...many.slice(0, 10), "and 3 more"]);
});
