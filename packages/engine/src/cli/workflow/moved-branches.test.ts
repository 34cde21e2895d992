import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonValue } from "../../core/json.ts";
import type { EndedEntry, StartedEntry } from "../../journal/journal-entry.ts";
import type { JournalState } from "../../journal/read-journal.ts";
import type { Step, StepWork } from "../../plugin/workflow.ts";
import { stepKey } from "../../workflow/step-journal.ts";
import { openRepository, type Repository } from "../../workspace/git/repository.ts";
import { movedBranches } from "./moved-branches.ts";

const root = mkdtempSync(join(tmpdir(), "symbiotic-moved-"));
let repository: Repository;

function git(...args: readonly string[]): string {
  const env = { ...process.env, GIT_AUTHOR_NAME: "T", GIT_AUTHOR_EMAIL: "t@e.org", GIT_COMMITTER_NAME: "T" };
  return execFileSync("git", args, { cwd: root, env: { ...env, GIT_COMMITTER_EMAIL: "t@e.org" } })
    .toString()
    .trim();
}

/** A commit without a branch. */
function commit(message: string, ...parents: readonly string[]): string {
  const tree = git("hash-object", "-t", "tree", "-w", "/dev/null");
  return git("commit-tree", tree, ...parents.flatMap((each) => ["-p", each]), "-m", message);
}

/** Commits that the tests name, made before they begin. */
const at = { base: "", developed: "", fixed: "", written: "", other: "" };

beforeAll(() => {
  git("init", "--quiet");
  at.base = commit("base");
  at.developed = commit("developed", at.base);
  at.fixed = commit("fixed", at.developed);
  at.written = commit("written", at.fixed);
  at.other = commit("restacked");
  const opened = openRepository(root, process.env);
  if (!opened.ok) throw new Error(opened.error.message);
  repository = opened.value;
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

const ASK = {
  kind: "ask",
  tree: "A",
  message: "m",
  told: () => "",
  ask: { task: "t", write: ["**"], reply: {} },
} as const;

function step(name: string, work: StepWork, more: Partial<Step> = {}): Step {
  return { id: `A:${name}`, subject: "A", title: name, after: [], key: "k", work: () => work, ...more };
}

const COMMANDS: StepWork = { kind: "commands", tree: "A", commands: [] };
const LOOKS = { restsOnCommit: true } as const;
const STEPS: readonly Step[] = [
  step("open", { kind: "open-tree", tree: "A", branch: "issue/A", on: [], joined: [] }, { opens: "A" }),
  step("develop", ASK),
  step("verify_1", COMMANDS, LOOKS),
  step("review_1", ASK, LOOKS),
  step("fix_1", ASK),
  step("verify_2", COMMANDS, LOOKS),
  step("review_2", ASK, LOOKS),
  step("write", { kind: "write", tree: "A", files: [], message: "w" }, LOOKS),
  step("publish", { kind: "tell", status: "ok", summary: "", data: {} }),
];

/** A journal in which these steps ended with these commits, and one more was begun. */
function journal(heads: Readonly<Record<string, string | undefined>>, begun?: string): JournalState {
  const tasks = new Map<string, StartedEntry | EndedEntry>();
  for (const each of STEPS) {
    const head = heads[each.title];
    const started: StartedEntry = { type: "started", task: each.id, key: stepKey(each) };
    if (each.title === begun) tasks.set(each.id, started);
    if (head === undefined) continue;
    const data: Record<string, JsonValue> = { branch: "issue/A", head };
    tasks.set(each.id, { ...ended(started), evidence: { tool: "workflow", data } });
  }
  return { tasks } as unknown as JournalState;
}

function ended({ task, key }: StartedEntry): EndedEntry {
  const produced = { evidence: "", outputs: "" };
  return { type: "ended", task, key, status: "ok", durationMs: 0, summary: "", advisory: false, produced };
}

function reviewedTwice(): Readonly<Record<string, string>> {
  const [one, two] = [at.developed, at.fixed];
  return {
    ...{ open: at.base, develop: one, verify_1: one, review_1: one },
    ...{ fix_1: two, verify_2: two, review_2: two },
  };
}

function staleAt(
  tip: string | undefined,
  of: JournalState,
): { readonly steps: readonly string[]; readonly told: number } {
  if (tip === undefined) git("update-ref", "-d", "refs/heads/issue/A");
  else git("update-ref", "refs/heads/issue/A", tip);
  const moved = movedBranches({ name: "w", steps: STEPS, passed: () => true }, of, repository);
  if (!moved.ok) throw new Error(moved.error.message);
  const codes = moved.value.diagnostics.map(({ code }) => code);
  expect(new Set(codes)).toEqual(new Set(codes.length === 0 ? [] : ["SYM7560"]));
  return { steps: [...moved.value.steps], told: codes.length };
}

test("a branch that shows what the last step left is as it was", () => {
  expect(staleAt(at.fixed, journal(reviewedTwice()))).toEqual({ steps: [], told: 0 });
  expect(staleAt(at.written, journal({ ...reviewedTwice(), write: at.written }))).toEqual({ steps: [], told: 0 });
});

test("of one that was moved, what looked at the last work is done again, and what was done is kept", () => {
  const last = ["A:verify_2", "A:review_2"];
  expect(staleAt(at.other, journal(reviewedTwice()))).toEqual({ steps: last, told: 1 });
  expect(staleAt(at.other, journal({ ...reviewedTwice(), write: at.written }))).toEqual({
    ...{ steps: [...last, "A:write"], told: 1 },
  });
  expect(staleAt(at.other, journal({ open: at.base, develop: at.developed, verify_1: at.developed }))).toEqual({
    ...{ steps: ["A:verify_1"], told: 1 },
  });
});

test("what a step made that was killed before it could say so is its own: an agent is not asked again", () => {
  const one = at.developed;
  const first = { open: at.base, develop: one, verify_1: one, review_1: one };
  expect(staleAt(at.fixed, journal(first, "fix_1"))).toEqual({ steps: [], told: 0 });
  expect(staleAt(at.written, journal(reviewedTwice(), "write"))).toEqual({ steps: [], told: 0 });
});

test("but not what a step that commits nothing was killed in, nor where the last commit is not below it", () => {
  const last = { steps: ["A:verify_2", "A:review_2"], told: 1 };
  expect(staleAt(at.written, journal(reviewedTwice(), "publish"))).toEqual(last);
  expect(staleAt(at.other, journal(reviewedTwice(), "write"))).toEqual(last);
  const unreviewed = { ...reviewedTwice(), review_2: undefined };
  expect(staleAt(at.written, journal(unreviewed, "review_2")).steps).toEqual(["A:verify_2"]);
});

test("a branch that is gone, or that nobody has worked on, is not looked at", () => {
  expect(staleAt(undefined, journal(reviewedTwice()))).toEqual({ steps: [], told: 0 });
  expect(staleAt(at.other, journal({ open: at.base }))).toEqual({ steps: [], told: 0 });
});
