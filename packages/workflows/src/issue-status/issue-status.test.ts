import type { KeptStep, StepEnd } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { keptRun } from "../../test/support/plans.ts";
import { loopStatus, type IssueStatus, type LoopStatus } from "./issue-status.ts";
import { loopStatusSchema } from "./status-schema.ts";
import { loopStatusText } from "./status-text.ts";

const SETTINGS = { demand: ["blocker", "high"] } as const;
const BEGUN: KeptStep = { end: undefined, durationMs: 0 };

function done(data: StepEnd["data"] = {}, more: Partial<StepEnd> = {}): KeptStep {
  return { end: { status: "ok", summary: "", data, ...more }, durationMs: 30_000 };
}

function review(severities: readonly string[], usd = 0.25): KeptStep {
  const issues = severities.map((severity) => ({ severity, title: "t", details: "d", evidence: [] }));
  const rest = { required_actions: [], followups: [], review_doc_path: "", review_entry_written: false };
  const status = severities.length === 0 ? "pass" : "changes_required";
  return done({ reply: { status, summary: "s", issues, ...rest, confidence: "high" }, usd, turns: 2 });
}

/** One of each: passed after a fix, reviewed and being fixed, broken off, blocked, and not begun. */
const STEPS: Readonly<Record<string, KeptStep>> = {
  "issue=A-1:open": done(),
  "issue=A-1:develop": done({ usd: 0.5, isEstimate: true, turns: 3 }),
  "issue=A-1:review_1": review(["high"]),
  "issue=A-1:fix_1": done({ usd: 0.125, turns: 1 }),
  "issue=A-1:review_2": review([]),
  "issue=A-1:finish": done({ state: "passed" }, { summary: "passed after 1 fix" }),
  "issue=A-2:open": done(),
  "issue=A-2:develop": done({ usd: 1, turns: 4 }),
  "issue=A-2:verify_1": done({ problems: ["pytest: 1"] }, { status: "failed" }),
  "issue=A-2:review_1": review(["high", "low", "blocker"]),
  "issue=A-2:fix_1": BEGUN,
  "issue=A-3:finish": done({ state: "blocked" }, { status: "failed", summary: "", reason: "blocked by A-2" }),
};
const PLAN = [...Object.keys(STEPS), "issue=A-3:open", "issue=A-4:open", "issue=A-4:develop"];

function statusIn(state: LoopStatus["state"]): LoopStatus {
  return loopStatus(keptRun(STEPS, { state, plan: PLAN }), SETTINGS);
}

const told = ({ id, state, step, fixes, open, usd, turns }: IssueStatus): readonly unknown[] => [
  ...[id, state, step, fixes, open, usd, turns],
];

test("of each issue, where it is, what it cost, and what is left to mend", () => {
  const status = statusIn("running");
  expect(status.issues.map(told)).toEqual([
    ["A-1", "passed", null, 1, 0, 1.125, 8],
    ["A-2", "running", "fix 1", 0, 3, 1.25, 6],
    ["A-3", "blocked", null, 0, 0, 0, 0],
    ["A-4", "waiting", null, 0, 0, 0, 0],
  ]);
  expect(status).toMatchObject({ done: 2, usd: 2.375, isEstimate: true, open: 3, state: "running" });
  expect(status.issues.map(({ why }) => why)).toEqual(["passed after 1 fix", null, "blocked by A-2", null]);
  expect(loopStatusSchema.parse(JSON.parse(JSON.stringify(status)))).toEqual(status);
});

test("of a run that went away, what was begun is broken off", () => {
  expect(statusIn("stopped").issues.map(({ state }) => state)).toEqual([
    "passed",
    "broken off",
    "blocked",
    "not begun",
  ]);
});

test("for people it is a table that says how to go on", () => {
  expect(`\n${loopStatusText(statusIn("stopped"))}\n`).toMatchInlineSnapshot(`
    "
    run 20261122-101112-abcd · was broken off · 2 of 4 done · $2.38 (estimate) · 3 to mend

      issue  state       step   fixes  to mend  cost              time
      A-1    passed      -      1      0        $1.13 (estimate)  3m 00s  passed after 1 fix
      A-2    broken off  fix 1  0      3        $1.25             2m 00s
      A-3    blocked     -      0      0        -                 30s     blocked by A-2
      A-4    not begun   -      0      0        -                 0s

    \`symbiotic issues run --resume=20261122-101112-abcd\` goes on with it
    "
  `);
  expect(loopStatusText({ ...statusIn("over"), resumedBy: "20261123-101112-abcd" })).toContain(
    "it was gone on with as 20261123-101112-abcd",
  );
  expect(loopStatusText({ ...statusIn("over"), isWhole: false })).toContain("steps may be missing");
});

test("a journal with no step tells of no issue, and text of agents stays in its line", () => {
  expect(loopStatus(keptRun({}), SETTINGS)).toMatchObject({ done: 0, issues: [] });
  const nasty = keptRun({ "issue=A-1:finish": done({ state: "x\u001b[2J" }, { summary: "a\nb\u001b[2J" }) });
  const text = loopStatusText(loopStatus(nasty, SETTINGS));
  expect(text).not.toContain("\u001b");
  expect(text.split("\n")).toHaveLength(4);
});
